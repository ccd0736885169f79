"""Changes of people and posts (人员与岗位维护), each atomic and dated."""

from .appointments import appoint, end_appointment
from .delegating import delegate
from .persons import add_person, leave, place_person, set_addresses
from .posts import close_post, close_unit, open_post
from .restructuring import merge_unit, split_unit
from .standing_in import come_back, go_away

__all__ = [
    "add_person", "appoint", "close_post", "close_unit", "come_back", "delegate", "end_appointment", "go_away",
    "leave", "merge_unit", "open_post", "place_person", "set_addresses", "split_unit",
]
