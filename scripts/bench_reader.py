"""Prints what the reader_bench example measured: the whole reader against the engine alone, in one run, and how hard texts grow."""

import json
import math
import sys

LIMIT = 1.5


def main():
    run = json.load(sys.stdin)
    print(f"engine alone              {run['engine_seconds']:>12.2f}  s of processor time for {run['tokens']:,} tokens")
    print(f"whole reader              {run['reader_seconds']:>12.2f}  s for the same texts")
    print(f"reader over engine        {run['ratio']:>12.2f}  times  (limit {LIMIT})")
    print(f"first look                {run['first_look_megabytes_a_second']:>12.0f}  MB a second on text with nothing in scope  (floor 50)")
    for shape, seconds in run["seconds_at_2500_5000_10000"].items():
        power = math.log(seconds[-1] / seconds[0]) / math.log(4)
        shown = " ".join(f"{second:.2f}" for second in seconds)
        print(f"hard text: {shape:<15}{power:>12.2f}  exponent of cost over length ({shown} s at 2,500, 5,000, 10,000)")
    sys.exit(0 if run["ratio"] <= LIMIT and run["first_look_megabytes_a_second"] >= 50 else 1)


main()
