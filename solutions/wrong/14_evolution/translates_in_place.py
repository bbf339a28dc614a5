"""Your `upcast` writes into the data that it was given.

Whoever called it still holds the same dictionary, and believes that this is what was stored. And what
happens with a field that the newer schema no longer has?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data.update(upcaster(data))
        return data
