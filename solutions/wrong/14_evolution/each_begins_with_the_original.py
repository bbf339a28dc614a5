"""Your `upcast` gives the stored data to every function.

The second function reads schema 2. Who has schema 2, if nobody stored it? What does the next function
have to be given?
"""


class Upcasters:
    def upcast(self, name, schema, data):
        if not 1 <= schema <= self.newest(name):
            raise CodecError(f"{name} has no schema {schema}; update the program.")
        translated = data
        for upcaster in self._chains.get(name, ())[schema - 1 :]:
            translated = upcaster(data)
        return translated
