"""Your `upcast` accepts data of a schema that it does not know.

No function is left for it, so it comes out as it went in, and passes for today's. Who may have written
it? What will today's classes make of a field whose meaning has changed since?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if schema < 1:
            raise CodecError(f"{name} has no schema {schema}.")
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
