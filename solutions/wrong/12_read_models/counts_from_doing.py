"""Your lead time begins when somebody begins to work, and not when somebody begins to wait.

What you measure has a name too: cycle time. It tells the team about itself. Which of the two can
Mrs Okafor feel?
"""


class LeadTimes:
    types = (WorkItemScheduled, WorkItemAdvanced, WorkItemRetired)

    def project(self, stored):
        match stored.event:
            case WorkItemScheduled(work_item_id=item):
                self._scheduled_at.setdefault(item, stored.recorded_at)
            case WorkItemAdvanced(work_item_id=item, from_column_id="to-do"):
                self._scheduled_at[item] = stored.recorded_at
            case WorkItemRetired(work_item_id=item):
                began = self._scheduled_at.pop(item)
                self._lead_times.append((item, stored.recorded_at - began))
