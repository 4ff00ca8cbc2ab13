package liquid

import "time"

// Limits bound one Run. A zero field takes its default.
type Limits struct {
	Steps  int           // pieces of work: a node, a filter, a turn of a loop, 64 bytes of a text that is made
	Time   time.Duration // of the wall clock
	Output int           // bytes of the page, with what is being captured
	Memory int           // bytes held in variables
	Depth  int           // files inside each other
	Calls  int           // of {% render %} and {% section %}
	Text   int           // bytes of one text a filter makes
	List   int           // elements of one list a filter makes, a range among them
}

// The defaults are some twenty times what the heaviest stock page uses.
var defaults = Limits{Steps: 2_000_000, Time: time.Second, Output: 2 << 20, Memory: 4 << 20, Depth: 20, Calls: 5_000, Text: 256 << 10, List: 20_000}

func (l Limits) orDefault() Limits {
	pick := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	pick(&l.Steps, defaults.Steps)
	pick(&l.Output, defaults.Output)
	pick(&l.Memory, defaults.Memory)
	pick(&l.Depth, defaults.Depth)
	pick(&l.Calls, defaults.Calls)
	pick(&l.Text, defaults.Text)
	pick(&l.List, defaults.List)
	if l.Time <= 0 {
		l.Time = defaults.Time
	}
	return l
}

// Budget names what a template used up.
type Budget string

// The budgets.
const (
	NoBudget     Budget = ""
	BudgetSteps  Budget = "steps"
	BudgetTime   Budget = "time"
	BudgetOutput Budget = "output"
	BudgetMemory Budget = "memory"
	BudgetDepth  Budget = "depth"
	BudgetCalls  Budget = "calls"
	BudgetText   Budget = "text"
	BudgetList   Budget = "list"
	BudgetShop   Budget = "shop" // what all pages of a shop may use together (Meter)
)
