"""A made-up camp, lifelike and the same every time, built only through actions. Nobody in it is real."""
