package bench

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCrowd(t *testing.T) {
	t.Parallel()
	t.Run("ends when there is nothing left", func(t *testing.T) {
		t.Parallel()
		upTo := func(n int) client {
			return func(context.Context) error {
				if n == 0 {
					return errDone
				}
				n--
				return nil
			}
		}
		v, err := crowd(t.Context(), time.Hour, []client{upTo(3), upTo(5)})
		if err != nil || v.n != 8 || len(v.laps) != 8 || v.took <= 0 {
			t.Errorf("%+v, %v", v, err)
		}
		if !slices.IsSorted(v.laps) {
			t.Errorf("laps are not in order: %v", v.laps)
		}
	})
	t.Run("ends with the first error", func(t *testing.T) {
		t.Parallel()
		broken := errors.New("broken")
		fine := func(context.Context) error { return nil }
		_, err := crowd(t.Context(), time.Hour, []client{fine, func(context.Context) error { return broken }})
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("ends with its context", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		_, err := crowd(ctx, time.Hour, []client{func(context.Context) error { cancel(); return nil }})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// Twins take turns, the warm-up does not count, and a median hides one bad slice.
func TestDuel(t *testing.T) {
	t.Parallel()
	var turns strings.Builder
	play := func(name string, rates ...int) contestant {
		turn := 0
		return contestant{name, func(context.Context, time.Duration) (volley, error) {
			turns.WriteString(name)
			n := rates[turn]
			turn++
			return volley{n: n, took: time.Second, cpu: time.Duration(n) * time.Microsecond, laps: []time.Duration{time.Duration(n)}}, nil
		}}
	}
	scores, err := duel(t.Context(), timing{time.Second, time.Second}, play("a", 9999, 10, 12, 1, 11, 13), play("b", 1, 20, 20, 20, 20, 900))
	if err != nil {
		t.Fatal(err)
	}
	if turns.String() != "abababababab" {
		t.Errorf("turns: %s", turns.String())
	}
	if a, b := scores[0], scores[1]; a.rate != 11 || b.rate != 20 || a.n != 47 || a.cpu != time.Microsecond || b.p99 != 20 {
		t.Errorf("scores: %+v", scores)
	}
}
