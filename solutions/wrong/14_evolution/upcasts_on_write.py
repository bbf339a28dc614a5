"""Your codec translates what it writes.

An event that happens today has today's fields already. What does your first function do to a limit that
was given a moment ago? In which direction does a reader translate?
"""


class EventCodec:
    def encode(self, event):
        name = self.names_of(type(event))[0]
        data = {f.name: to_json(getattr(event, f.name)) for f in fields(event)}
        data = self._upcasters.upcast(name, 1, data)
        return EncodedEvent(name, self._upcasters.newest(name), json.dumps(data).encode())
