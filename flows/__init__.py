"""One Prefect flow per fase: short, repeatable ticks that ask the database what is left to do."""

import inkoop  # noqa: F401  # switches usage reporting off before a flow imports Prefect
