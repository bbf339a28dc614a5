"""One step, and then the rest of the way; the functions take apart what they are given."""


class Upcasters:
    def upcast(self, name, schema, data):
        newest = self.newest(name)
        if schema == newest:
            return data
        if schema not in range(1, newest):
            raise CodecError(f"nobody here reads schema {schema} of {name!r}")
        step = self._chains[name][schema - 1]
        return self.upcast(name, schema + 1, step(data))


def column_added_from_1_to_2(data):
    return dict(column_id=data["column_id"], name=data["name"], limit=0)


def column_added_from_2_to_3(data):
    match data:
        case {"limit": 0, **rest}:
            return {**rest, "wip_limit": None}
        case {"limit": limit, **rest}:
            return {**rest, "wip_limit": limit}
