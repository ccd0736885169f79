"""The five networks of the chapter (五个联络网), with a role and functions that a committee may rewrite."""

from django.db import migrations

WORK = ["branch", "team", "enterprise", "contractor", "crew"]
FIVE = [
    ("liaison", "思想政治联络网", "把党委的安排带到每个支部、区队和班组，把大家关心的事带回来。", WORK,
     "传达党委会、政工例会的安排，说清为什么这样定\n听取对安全、生产、分配、生活的意见和建议\n参加周一例会，带去本单位要协调的事\n只说事和办法，不评议个人"),
    ("petition", "信访网络", "让反映问题的人在身边就能找到人，件件有着落。", WORK,
     "帮助不会用手机的同志登记，打印回执\n说明哪些渠道可以匿名，哪些事该找哪里\n把答复当面带到，问一问事情办成没有\n不打听、不追问是谁反映的"),
    ("publicity", "宣传网络", "把制度、进度和结果讲到班前会、公开栏和广播里。", ["branch", "team", "enterprise", "contractor"],
     "班前会讲答复和通知，每次三件以内\n公开栏、电子屏、广播按计划更新\n收集职工没听明白的地方，回来改稿\n先进典型写事迹，先征得本人同意"),
    ("guidance", "思想教育引导网络", "谈心、走访、帮扶，解决具体困难。", ["branch", "team", "enterprise", "contractor"],
     "谈心只记商定的帮助，不记看法\n家访要本人愿意，不去没有提出请求的诉求人家\n困难、伤病、转岗的同志，帮着联系工会和科室\n学习安排在上班时间"),
    ("study", "宣传思想工作研讨网络", "党委是中心，科室是骨干，班组是触点，一起研究带普遍性的问题。", ["branch", "office"],
     "对党委出的题目提交看法、做法和数字\n参加季度座谈，把一线的情况说清楚\n结论送有关单位落实，回来再看效果\n研究问题，不研究人"),
]


def fill(apps, _schema):
    network = apps.get_model("networks", "Network")
    for position, (slug, name, role, kinds, functions) in enumerate(FIVE, 1):
        network.objects.get_or_create(slug=slug, defaults={
            "name": name, "role": role, "kinds": kinds, "functions": functions, "position": position})


class Migration(migrations.Migration):
    dependencies = [("networks", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
