"""A made-up sort of activity, 安全巡查: all that an area of an activity brings (docs/add-an-area.md), in as few lines as it takes."""
