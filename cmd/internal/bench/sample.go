package bench

import (
	"math"
	"slices"
	"time"
)

// percentile is the smallest sample that at least the share p (0 to 1) of the samples do not
// exceed (nearest rank); zero of none. The samples are in order.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(p * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// median is the middle of values, the mean of the two middle ones when their number is even; zero
// of none.
func median(values []float64) float64 {
	n := len(values)
	if n == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// megabyte is the unit of the goals for disk and memory.
const megabyte = 1 << 20

func megabytes(n int64) float64 { return float64(n) / megabyte }
