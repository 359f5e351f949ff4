"""The six fasen as Prefect flows: each a short, repeatable tick that ends and lists the open tasks.

A flow holds nothing: the records say what is due (ontwerp 2.1).
"""

import inkoop  # noqa: F401  # switches usage reporting off before a flow imports Prefect
