"""Your `upcast` takes the functions in the wrong order.

The last function reads schema 3. Does it get schema 3, if it is the first to be called?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in reversed(self._chains.get(name, ())[schema - 1 :]):
            data = upcaster(data)
        return data
