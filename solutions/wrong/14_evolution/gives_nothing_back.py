"""Your functions change their input and give nothing back.

`upcast` goes on with what a function returns. What does a Python function return that ends without
saying so?
"""

def column_added_from_1_to_2(data):
    data["limit"] = 0


def column_added_from_2_to_3(data):
    data["wip_limit"] = data.pop("limit") or None
