"""Your `upcast` stumbles over an event that never changed.

Most events have one schema and no functions at all. What does `newest` say of such an event, and how
does it look the functions up?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        chain = self._chains[name]
        if not 1 <= schema <= len(chain) + 1:
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        for upcaster in chain[schema - 1 :]:
            data = upcaster(data)
        return data
