"""Your `upcast` accepts a schema below 1.

With 0, the slice of the list begins at -1. What does Python understand by that? Nobody ever wrote such
a schema: what does it say about the stored event?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if schema > self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
