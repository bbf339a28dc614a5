"""Your `upcast` accepts any number as a schema.

Today the store holds 1, 2 and 3. Which numbers might it hold on the day after a newer program was
tried out, and what would your slice do with them?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            data = upcaster(data)
        return data
