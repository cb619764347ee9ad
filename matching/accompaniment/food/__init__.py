"""Food: the nearest point with room, week after week, and where surplus goes."""

from matching.accompaniment.food.lots import place_lots
from matching.accompaniment.food.points import check_lots, check_points
from matching.accompaniment.food.policy import FoodPolicy, find_food_policy
from matching.accompaniment.food.weeks import plan_weeks

__all__ = [
    "FoodPolicy",
    "check_lots",
    "check_points",
    "find_food_policy",
    "place_lots",
    "plan_weeks",
]
