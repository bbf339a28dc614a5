"""Your `upcast` refuses with another error than the docstring says.

Whoever reads a store catches `CodecError`: that is how data says that it cannot be read. What does a
`ValueError` tell them?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise ValueError(f"{name} has no schema {schema}; update the program.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
