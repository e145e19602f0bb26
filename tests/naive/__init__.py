"""An independent, naive implementation of the county's policy, and random counties to try it on.

Plain loops over dicts, written line by line from POLICY.md. It shares no code with `lic` and must never
import it: two people who write the page down separately should get the same answer for every case.
"""
