"""Your `upcast` remembers an answer and gives it for another event.

Two columns were added under schema 1. They have the same name of event and the same schema. What is
different about them, and does your memory know it?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not hasattr(self, "_known"):
            self._known = {}
        if (name, schema) not in self._known:
            if not 1 <= schema <= self.newest(name):
                raise CodecError(f"{name} has no schema {schema}; update the program.")
            for upcaster in self._chains.get(name, ())[schema - 1 :]:
                data = upcaster(data)
            self._known[name, schema] = data
        return self._known[name, schema]
