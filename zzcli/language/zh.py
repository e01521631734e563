"""The catalogue: what zzcli says, in Chinese. A test finds what is missing from it and what nothing says any more."""

from __future__ import annotations

ZH: dict[str, str] = {
    "--format parquet needs pyarrow: pip install 'zzcli[parquet]'": (
        "--format parquet 需要 pyarrow：pip install 'zzcli[parquet]'"
    ),
    "--format xlsx needs XlsxWriter: pip install 'zzcli[xlsx]'": (
        "--format xlsx 需要 XlsxWriter：pip install 'zzcli[xlsx]'"
    ),
    "{kind} is no kind of records; there are {some}": "{kind} 不是记录的种类；有 {some}",
}
