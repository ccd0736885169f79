"""Forms of the rules (考核办法表单): shape of input only."""

from .terms import GRADES, LinkForm, PayForm, WeightsForm
from .versions import CARRIED, CarriedForm, DecisionForm, EnforceForm, IndicatorForm, UploadForm

__all__ = [
    "CARRIED", "GRADES", "CarriedForm", "DecisionForm", "EnforceForm", "IndicatorForm", "LinkForm", "PayForm",
    "UploadForm", "WeightsForm",
]
