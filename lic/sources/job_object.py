"""The memory limit of a process on Windows: a job object that holds only this process.

POSIX systems have ``setrlimit`` for this; here the twin is three calls of kernel32.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
_EXTENDED = 9  # JobObjectExtendedLimitInformation
_SIZE = ctypes.c_size_t


class _Basic(ctypes.Structure):
    _fields_ = [
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", _SIZE),
        ("MaximumWorkingSetSize", _SIZE),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", _SIZE),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    ]


class _Extended(ctypes.Structure):
    _fields_ = [
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", _SIZE),
        ("JobMemoryLimit", _SIZE),
        ("PeakProcessMemoryUsed", _SIZE),
        ("PeakJobMemoryUsed", _SIZE),
    ]


_jobs: list[Any] = []  # the one job object of this process, once it has been made


def limit_process_memory(size: int) -> bool:
    """Give this process at most ``size`` bytes from now on; False when the system says no."""
    if sys.platform != "win32":
        return False
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    if not _jobs:
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        if not job or not kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess())):
            return False
        _jobs.append(job)
    limits = _Extended()
    limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
    limits.ProcessMemoryLimit = size
    return bool(
        kernel.SetInformationJobObject(_jobs[0], _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits))
    )
