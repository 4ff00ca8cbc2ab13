package liquid_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/attack"
	"echoppe.dev/platform/driver/liquid/standard"
	"echoppe.dev/platform/driver/liquid/syntax"
)

// generous are limits a context or a processor decides before.
var generous = liquid.Limits{Time: time.Hour}

// endures draws a template, and gives the error it ends with.
func endures(t testing.TB, ctx context.Context, template string) *liquid.Error {
	t.Helper()
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	tpl, err := e.Parse("templates/page", template)
	if err != nil {
		t.Fatal(err)
	}
	run := liquid.Begin(ctx, &liquid.Env{Files: attack.Files{Engine: e}, Limits: generous})
	defer run.End()
	var over *liquid.Error
	if err := run.Draw(tpl); !errors.As(err, &over) {
		t.Fatalf("%v", err)
	}
	if n := len(run.Bytes()); n > 3<<20 {
		t.Errorf("%d bytes of a page were made", n)
	}
	return over
}

func TestBudgets(t *testing.T) {
	for _, a := range attack.All {
		t.Run(a.Name, func(t *testing.T) {
			t.Parallel()
			over := endures(t, t.Context(), a.Template)
			if over.Budget != a.Budget || over.Limit == 0 || over.Place.Line == 0 || over.Place.Column == 0 || over.Excerpt == "" {
				t.Errorf("%v (budget %q of %d, excerpt %q), want the budget %q", over, over.Budget, over.Limit, over.Excerpt, a.Budget)
			}
		})
	}
}

// TestBudgets_Place: an error says in which file, where in it, and what it ran out of.
func TestBudgets_Place(t *testing.T) {
	over := endures(t, t.Context(), "x\n\n  {% render 'itself' %}")
	if want := (syntax.Place{Line: 2, Column: 3}); over.Template != "snippets/itself" || over.Place != want || over.Excerpt != "{% render 'itself' %}" ||
		over.Error() != "snippets/itself:2:3: over its budget of depth (20)" {
		t.Errorf("%+v", over)
	}
}

// TestBudgets_Cancelled: a drawing whose reader has gone ends at the next look at its context, whatever it is doing. How long it goes
// without a look is printed; make bench prints it on a quiet machine.
func TestBudgets_Cancelled(t *testing.T) {
	var longest time.Duration
	for _, a := range attack.All {
		g := &attack.Glances{Context: t.Context(), Left: 3}
		over := endures(t, g, a.Template)
		if over.Budget == liquid.BudgetTime && !errors.Is(over, context.Canceled) {
			t.Errorf("%s: %v does not say that it was cancelled", a.Name, over)
		}
		if g.Left <= 0 && over.Budget != liquid.BudgetTime {
			t.Errorf("%s: went on to %v", a.Name, over)
		}
		longest = max(longest, g.Longest)
	}
	t.Logf("the longest time without a look at the context: %v", longest)
}

// TestBudgets_Time: what takes too long ends by the clock.
func TestBudgets_Time(t *testing.T) {
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	tpl, err := e.Parse("page", attack.All[0].Template)
	if err != nil {
		t.Fatal(err)
	}
	run := liquid.Begin(t.Context(), &liquid.Env{Limits: liquid.Limits{Time: time.Nanosecond}})
	defer run.End()
	var over *liquid.Error
	if err := run.Draw(tpl); !errors.As(err, &over) || over.Budget != liquid.BudgetTime {
		t.Errorf("%v", err)
	}
}

// TestMeter: what a shop's pages use together is bounded, and comes back with time.
func TestMeter(t *testing.T) {
	e := liquid.New(liquid.Options{Filters: standard.Filters()})
	tpl, err := e.Parse("page", attack.All[1].Template)
	if err != nil {
		t.Fatal(err)
	}
	meter := liquid.NewMeter(0.5, time.Millisecond)
	draw := func() error {
		run := liquid.Begin(t.Context(), &liquid.Env{Meter: meter})
		defer run.End()
		return run.Draw(tpl)
	}
	var over *liquid.Error
	if err := draw(); !errors.As(err, &over) || over.Budget != liquid.BudgetSteps {
		t.Fatalf("the first: %v", err)
	}
	if err := draw(); !errors.As(err, &over) || over.Budget != liquid.BudgetShop {
		t.Errorf("the second: %v, want the budget of the shop", err)
	}
	for deadline := time.Now().Add(10 * time.Second); over.Budget == liquid.BudgetShop; {
		if time.Now().After(deadline) {
			t.Fatal("the budget never comes back")
		}
		time.Sleep(time.Millisecond)
		if err := draw(); !errors.As(err, &over) {
			t.Fatal(err)
		}
	}
}
