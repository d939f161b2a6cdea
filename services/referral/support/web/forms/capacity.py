"""The page on which the team lead says how many families a colleague can carry."""

from typing import Annotated

from services.referral.support.commands.set_capacity import MOST_FAMILIES
from shared.web.forms import Form
from shared.web.questions import WholeNumber


class CapacityForm(Form):
    families: Annotated[int, WholeNumber(missing="Enter how many families", least=0, most=MOST_FAMILIES)]
