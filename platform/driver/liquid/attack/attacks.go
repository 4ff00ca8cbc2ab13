package attack

import (
	"strings"

	"echoppe.dev/platform/driver/liquid"
)

// grow doubles a text until it is that long; big makes a list that holds one long text many times.
const (
	grow = `{% assign s = "0123456789abcdef" %}{% for i in (1..13) %}{% assign s = s | append: s %}{% endfor %}`
	big  = `{% assign s = "0123456789abcdef" %}{% for i in (1..8) %}{% assign s = s | append: s %}{% endfor %}{% assign l = s | split: "none" %}{% for i in (1..9) %}{% assign l = l | concat: l %}{% endfor %}`
)

// Attack is a template of a stranger who means harm, with the budget that ends it.
type Attack struct {
	Name, Template string
	Budget         liquid.Budget
}

// All are one or more for each budget a template can reach by itself: all but those of time and of the shop.
var All = []Attack{
	{"a loop that prints nothing", `{% for i in (1..1000000000) %}{% endfor %}`, liquid.BudgetSteps},
	{"loops inside each other", `{% for i in (1..9000) %}{% for j in (1..9000) %}{% endfor %}{% endfor %}`, liquid.BudgetSteps},
	{"a table without end", `{% tablerow i in (1..1000000000) %}{% endtablerow %}`, liquid.BudgetOutput},
	{"counters without end", `{% for i in (1..100000) %}{% for i in (1..100) %}{% increment n %}{% endfor %}{% endfor %}`, liquid.BudgetOutput},
	{"a loop that goes on", `{% for i in (1..1000000000) limit: 2 %}{% endfor %}{% for i in (1..1000000000) offset: continue %}{% endfor %}`, liquid.BudgetSteps},
	{"a long page", `{% for i in (1..90000) %}` + strings.Repeat("0123456789", 10) + `{% endfor %}`, liquid.BudgetOutput},
	{"a long capture", `{% capture c %}{% for i in (1..90000) %}` + strings.Repeat("0123456789", 10) + `{% endfor %}{% endcapture %}`, liquid.BudgetOutput},
	{"a page of one long text", grow + `{% for i in (1..1000) %}{{ s }}{% endfor %}`, liquid.BudgetOutput},
	{"a text that doubles", `{% assign s = "0123456789abcdef" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}`, liquid.BudgetText},
	{"a text that multiplies", `{% assign s = "xxxxxxxxxxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | replace: "x", s %}{% endfor %}`, liquid.BudgetText},
	{"a text between all letters", grow + `{{ s | replace: "", s }}`, liquid.BudgetText},
	{"a text of escapes", `{% assign s = "<<<<<<<<<<<<<<<<" %}{% for i in (1..13) %}{% assign s = s | append: s %}{% endfor %}{{ s | escape }}`, liquid.BudgetText},
	{"a list as one text", big + `{{ l | append: "x" }}`, liquid.BudgetText},
	{"a list as the name of a variable", big + `{{ [l] }}`, liquid.BudgetText},
	{"a list as a format", big + `{{ 0 | date: l }}`, liquid.BudgetText},
	{"a list joined", big + `{{ l | join }}`, liquid.BudgetText},
	{"a range as a list", `{{ (1..30000000) | join: "," }}`, liquid.BudgetList},
	{"a list of letters", grow + `{{ s | split: "" | size }}`, liquid.BudgetList},
	{"a list that doubles", `{% assign l = "a b" | split: " " %}{% for i in (1..40) %}{% assign l = l | concat: l %}{% endfor %}`, liquid.BudgetList},
	{"many variables", grow + `{% capture a %}{{ s }}{{ s }}{{ s }}{{ s }}{{ s }}{{ s }}{{ s }}{% endcapture %}{% capture b %}{{ a }}x{% endcapture %}{% capture c %}{{ a }}y{% endcapture %}{% capture d %}{{ a }}z{% endcapture %}{% capture e %}{{ a }}0{% endcapture %}`, liquid.BudgetMemory},
	{"a variable that holds a list", big + `{% assign a = l | concat: l %}`, liquid.BudgetMemory},
	{"many names of cycles", grow + `{% for i in (1..100000) %}{% assign k = s | append: i %}{% cycle k: 1, 2 %}{% endfor %}`, liquid.BudgetMemory},
	{"a file in itself", `{% render "itself" %}`, liquid.BudgetDepth},
	{"a file again and again", `{% for i in (1..100000) %}{% render "nothing" %}{% endfor %}`, liquid.BudgetCalls},
	{"a file for all of a range", `{% render "nothing" for (1..1000000000) as x %}`, liquid.BudgetCalls},
	{"long texts compared", grow + `{% assign a = s | append: "a" %}{% assign b = s | append: "b" %}{% for i in (1..100000) %}{% if a == b %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"long texts put in an order", grow + `{% assign a = s | append: "a" %}{% assign b = s | append: "b" %}{% for i in (1..100000) %}{% if a < b %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"a long text searched", grow + `{% for i in (1..100000) %}{% if s contains "none" %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"a long text in a case", grow + `{% assign a = s | append: "a" %}{% assign b = s | append: "b" %}{% for i in (1..100000) %}{% case a %}{% when b %}{% endcase %}{% endfor %}`, liquid.BudgetSteps},
	{"a long text measured", grow + `{% for i in (1..100000) %}{{ s.size }}{% endfor %}`, liquid.BudgetSteps},
	{"spaces asked whether they are blank", `{% assign s = "                " %}{% for i in (1..13) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..100000) %}{% if s == blank %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"a list searched for a long text", big + `{% assign x = s | append: "x" %}{% for i in (1..1000) %}{% if l contains x %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"lists compared", `{% assign a = "a b" | split: " " %}{% for i in (1..12) %}{% assign a = a | concat: a %}{% endfor %}{% assign b = a | reverse | reverse %}{% for i in (1..10000) %}{% if a == b %}{% endif %}{% endfor %}`, liquid.BudgetSteps},
	{"long texts sorted", grow + `{% assign l = s | append: "b," | append: s | append: "a," | append: "c" | split: "," %}{% for i in (1..12) %}{% assign l = l | concat: l %}{% endfor %}{{ l | sort | size }}`, liquid.BudgetText},
	{"long texts sorted by their letters", big + `{% for i in (1..1000) %}{% if l contains "none" %}{% endif %}{{ l | sort_natural | size }}{% endfor %}`, liquid.BudgetSteps},
	{"long texts told apart", big + `{% for i in (1..1000) %}{% assign m = l | uniq %}{% endfor %}`, liquid.BudgetSteps},
	{"long texts looked through", big + `{% for i in (1..1000) %}{% assign m = l | where: "none" %}{% endfor %}`, liquid.BudgetSteps},
	{"scripts that never end", `{% assign s = "<script <style <!-" %}{% for i in (1..12) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..100000) %}{{ s | strip_html | size }}{% endfor %}`, liquid.BudgetSteps},
	{"a format that never ends", `{% assign s = "%c%c%c%c%c%c%c%c" %}{% for i in (1..3) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..1000000) %}{% assign x = 0 | date: s %}{% endfor %}`, liquid.BudgetSteps},
}
