"""A deep copy on the way in, a loop that counts schemas, and functions that work on a copy."""

from copy import deepcopy


class Upcasters:
    def upcast(self, name, schema, data):
        self._check(name, schema)
        translated = deepcopy(data)
        while schema < self.newest(name):
            translated = self._chains[name][schema - 1](translated)
            schema += 1
        return translated

    def _check(self, name, schema):
        known = list(range(1, self.newest(name) + 1))
        if schema not in known:
            raise CodecError(f"{name}: schema {schema} is none of {known}")


def column_added_from_1_to_2(data):
    newer = data.copy()
    newer["limit"] = 0
    return newer


def column_added_from_2_to_3(data):
    newer = data.copy()
    limit = newer.pop("limit")
    newer["wip_limit"] = None if limit == 0 else limit
    return newer
