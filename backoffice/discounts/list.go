package discounts

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

// list is all discounts with what they do and how they stand.
func (d *Desk) list(c echo.Context) error {
	v := desk.Here(c)
	k, err := read(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	f := frame(v)
	if len(k.rules) > 0 {
		f.Actions = append(f.Actions, ui.Action{Label: v.T("discounts.order.title"), Href: v.Href("discounts/order"), Icon: ui.IconSelector})
	}
	f.Actions = append(f.Actions, ui.Action{Label: v.T("discounts.try"), Href: v.Href("simulator"), Icon: ui.IconActivity})
	if v.Can("promotions.edit") {
		f.Actions = append(f.Actions, ui.Action{Label: v.T("discounts.add"), Href: v.Href("discounts/new"), Icon: ui.IconPlus, Look: ui.Primary})
	}
	return desk.Show(c, http.StatusOK, listPage(v, f, k.table(v), k.warnings(v)))
}

func (k *known) table(v *desk.Visit) ui.Table {
	t := ui.Table{
		Caption: v.T("discounts.title"),
		Columns: []ui.Column{
			{Title: v.T("discounts.column.discount"), Main: true}, {Title: v.T("discounts.column.method")},
			{Title: v.T("discounts.column.uses"), End: true}, {Title: v.T("discounts.column.state"), Fit: true},
		},
		Empty: ui.Empty{Icon: ui.IconDiscount, Title: v.T("discounts.none"), Text: v.T("discounts.none_text")},
	}
	if v.Can("promotions.edit") {
		t.Empty.Actions = []ui.Action{{Label: v.T("discounts.add"), Href: v.Href("discounts/new"), Look: ui.Primary, Icon: ui.IconPlus}}
	}
	for i := range k.rules {
		s := &k.rules[i]
		name := k.name(v, &s.Rule)
		var badges []ui.Badge
		if s.Broken == nil && !s.Archived && s.Nobody(k.names) {
			badges = append(badges, ui.Badge{Label: v.T("discounts.never"), Tone: ui.Warn})
		}
		t.Rows = append(t.Rows, ui.Row{ID: s.ID, Name: name, Muted: s.State(k.now) != promotion.Running, More: k.actions(v, s), Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: name, Href: v.Href("discounts/" + s.ID), Sub: k.sentence(v, s), Badges: badges}),
			ui.TextCell(v.T("discounts.method." + string(promotion.MethodOf(&s.Rule, k.top)))),
			ui.TextCell(usesOf(v, s)), ui.BadgeCell(v.View, stateBadge(v, s.State(k.now))),
		}})
	}
	return t
}

// usesOf says how often a discount was used, of how many times where that is limited.
func usesOf(v *desk.Visit, s *promotion.Stored) string {
	text := v.View.Number(int(s.Uses))
	if s.Limits.Total > 0 {
		text += " / " + v.View.Number(int(s.Limits.Total))
	}
	return text
}

func stateBadge(v *desk.Visit, s promotion.State) ui.Badge {
	tones := map[promotion.State]ui.Tone{promotion.Running: ui.Good, promotion.Planned: ui.Info, promotion.Broken: ui.Bad}
	return ui.Badge{Label: v.T("discounts.state." + string(s)), Tone: tones[s], Dot: s == promotion.Running}
}

// actions is the menu of a discount.
func (k *known) actions(v *desk.Visit, s *promotion.Stored) []ui.Action {
	at := v.Href("discounts/" + s.ID)
	var list []ui.Action
	if s.Broken == nil && !s.Archived {
		list = append(list, ui.Action{Label: v.T("discounts.try"), Icon: ui.IconActivity, Href: v.Href("simulator") + "?rule=" + s.ID})
	}
	if s.Rule.Issued || s.Uses > 0 {
		list = append(list, ui.Action{Label: v.T("discounts.codes.title"), Icon: ui.IconTags, Href: at + "/codes"})
	}
	if !v.Can("promotions.edit") || s.Archived {
		return list
	}
	if s.Broken == nil {
		turn := ui.Action{Label: v.T("discounts.switch_on"), Icon: ui.IconPlayerPlay, Post: at + "/switch", Name: "active", Value: "1"}
		if s.Active {
			turn.Label, turn.Icon, turn.Value = v.T("discounts.switch_off"), ui.IconPlayerPause, "0"
		}
		list = append(list, turn)
	}
	if s.Uses > 0 || s.Shown(k.now) {
		return append(list, ui.Action{Label: v.T("discounts.archive.do"), Icon: ui.IconFolder, Href: at + "/archive"})
	}
	return append(list, ui.Action{Label: v.T("discounts.remove.do"), Icon: ui.IconTrash, Look: ui.Danger, Href: at + "/remove"})
}

// warnings tells what is allowed and odd about the rules that are on, and of the others that are not put away which
// can never apply; each with the way to its rule.
func (k *known) warnings(v *desk.Visit) []ui.Term {
	var found []discount.Warning
	var on []discount.Rule
	for i := range k.rules {
		switch s := &k.rules[i]; {
		case s.Archived || s.Broken != nil:
		case s.Active:
			on = append(on, s.Rule)
		case s.Nobody(k.names):
			found = append(found, k.odd(s.Rule)...)
		}
	}
	var list []ui.Term
	for _, w := range append(k.odd(on...), found...) {
		for i := range k.rules {
			if r := &k.rules[i].Rule; r.ID == w.Rule {
				text := v.T(w.Reason.Key, w.Reason.Args)
				list = append(list, ui.Term{Name: k.name(v, r), Body: warningLine(text, v.Href("discounts/"+w.Rule), v.T("discounts.mend"))})
			}
		}
	}
	return list
}

// odd is what package discount finds odd about rules, as they stand among each other.
func (k *known) odd(rules ...discount.Rule) []discount.Warning {
	return discount.Warnings(k.settings.Rules().Currency, rules, k.now, k.names)
}

// warningsOf are the warnings about one rule, as it stands among the others.
func (k *known) warningsOf(v *desk.Visit, one *discount.Rule) []string {
	rules := []discount.Rule{*one}
	for i := range k.rules {
		if s := &k.rules[i]; s.Active && !s.Archived && s.Broken == nil && s.ID != one.ID {
			rules = append(rules, s.Rule)
		}
	}
	var list []string
	for _, w := range k.odd(rules...) {
		if w.Rule == one.ID {
			list = append(list, v.T(w.Reason.Key, w.Reason.Args))
		}
	}
	return list
}

// choose asks how a new discount works.
func (d *Desk) choose(c echo.Context) error {
	v := desk.Here(c)
	var choices []ui.Choice
	for _, m := range promotion.Methods() {
		choices = append(choices, ui.Choice{Title: v.T("discounts.method." + string(m)), Text: v.T("discounts.about." + string(m)),
			Href: v.Href("discounts/new/" + string(m))})
	}
	return desk.Show(c, http.StatusOK, choosePage(v, choices))
}
