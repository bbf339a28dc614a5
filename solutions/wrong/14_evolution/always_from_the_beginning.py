"""Your `upcast` sends all data through all functions, whatever its schema.

Data of schema 2 then goes through the function that reads schema 1. In the list of functions, at which
place is the one that reads schema 2? Which place is that for schema 1?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ()):
            data = upcaster(data)
        return data
