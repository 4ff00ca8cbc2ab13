package ui_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
)

func TestDataTable_Sort(t *testing.T) {
	v := english(t)
	v.Query = url.Values{"q": {"mug"}, "page": {"4"}, "after": {"x"}}
	table := ui.Table{
		Caption: "Orders", Columns: []ui.Column{{Title: "Name", Sort: "name", Main: true}, {Title: "Total"}},
		Rows: []ui.Row{{Cells: []templ.Component{ui.TextCell("a"), ui.TextCell("1")}}},
	}
	for sort, want := range map[string][2]string{
		"":      {"none", "/here?q=mug&sort=name"},
		"name":  {"ascending", "/here?q=mug&sort=-name"},
		"-name": {"descending", "/here?q=mug&sort=name"},
	} {
		table.Sort = sort
		doc := draw(t, ui.DataTable(v, table))
		head := doc.Find("th[aria-sort]")
		if head.Length() != 1 || head.AttrOr("aria-sort", "") != want[0] || head.Find("a").AttrOr("href", "") != want[1] {
			t.Errorf("sorted by %q: %s, %s", sort, head.AttrOr("aria-sort", ""), head.Find("a").AttrOr("href", ""))
		}
	}
}

func TestDataTable_Selection(t *testing.T) {
	v := english(t)
	doc := draw(t, ui.DataTable(v, ui.Table{
		ID: "o", Caption: "Orders", BulkPost: "/ship", Bulk: []ui.Action{{Label: "Ship", Name: "do", Value: "ship"}},
		Columns: []ui.Column{{Title: "Name", Main: true}}, Selected: map[string]bool{"7": true},
		Rows: []ui.Row{{ID: "7", Name: "Seven", Cells: []templ.Component{ui.TextCell("7")}, More: []ui.Action{{Label: "Delete", Post: "/7/delete"}}}},
	}))
	box := doc.Find("input[name=id]")
	if box.AttrOr("form", "") != doc.Find("form[data-bulk]").AttrOr("id", "?") {
		t.Error("the box belongs to no form")
	}
	if _, on := box.Attr("checked"); !on || !strings.Contains(box.Parent().Text(), "Seven") {
		t.Error("the box lost its state or its name")
	}
	if doc.Find("form form").Length() != 0 || doc.Find(`form[action="/7/delete"] input[name=_csrf]`).Length() != 1 {
		t.Error("the row's own action is not a form of its own")
	}
}

func TestDataTable_Empty(t *testing.T) {
	doc := draw(t, ui.DataTable(english(t), ui.Table{Empty: ui.Empty{Title: "No orders yet"}}))
	if doc.Find("table").Length() != 0 || !strings.Contains(doc.Text(), "No orders yet") {
		t.Error("an empty list shows an empty table")
	}
}

func TestPager(t *testing.T) {
	v := english(t)
	v.Query = url.Values{"q": {"mug"}}
	tests := []struct {
		name  string
		pages ui.Pages
		words string
		prev  string
		next  string
	}{
		{"in the middle", ui.Pages{Number: 8, Last: 16}, "1 … 7 8 9 … 16", "/here?page=7&q=mug", "/here?page=9&q=mug"},
		{"first", ui.Pages{Number: 1, Last: 3}, "1 2 3", "", "/here?page=2&q=mug"},
		{"second leads to an address without a number", ui.Pages{Number: 2, Last: 2}, "1 2", "/here?q=mug", ""},
		{"by cursor", ui.Pages{Before: "b", After: "a"}, "", "/here?before=b&q=mug", "/here?after=a&q=mug"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc := draw(t, ui.Pager(v, test.pages))
			var words []string
			doc.Find(".pager-number").Each(func(_ int, s *goquery.Selection) { words = append(words, strings.TrimSpace(s.Text())) })
			if got := strings.Join(words, " "); got != test.words {
				t.Errorf("pages %q, want %q", got, test.words)
			}
			if got := doc.Find("a[rel=prev]").AttrOr("href", ""); got != test.prev {
				t.Errorf("before: %s", got)
			}
			if got := doc.Find("a[rel=next]").AttrOr("href", ""); got != test.next {
				t.Errorf("after: %s", got)
			}
		})
	}
	if got := strings.TrimSpace(draw(t, ui.Pager(v, ui.Pages{Number: 1, Last: 1})).Text()); got != "" {
		t.Errorf("a single page says %q", got)
	}
}

func TestActionButton(t *testing.T) {
	v := english(t)
	link := draw(t, ui.ActionButton(v, ui.Action{Label: "Go", Href: "javascript:alert(1)"})).Find("a")
	if strings.HasPrefix(link.AttrOr("href", ""), "javascript:") {
		t.Error("a link runs a script")
	}
	off := draw(t, ui.ActionButton(v, ui.Action{Label: "Open", Post: "/open", Disabled: true, Reason: "Not yet."}))
	if off.Find("form").Length() != 0 || off.Find("button[type=button][aria-disabled=true]").Length() != 1 || !strings.Contains(off.Text(), "Not yet.") {
		t.Error("a disabled action can be sent, or does not say why not")
	}
}

// Without scripts a running task reloads by a refresh inside noscript; once ended
// it must ask no more.
// A piece of work shows its bar and its way to stop while it goes on, and its figures and report afterwards.
func TestWorkView(t *testing.T) {
	v := english(t)
	w := ui.Work{Bar: ui.Progress{ID: "p", Label: "Import"}, Stop: ui.Action{Label: "Stop", Post: "/stop"}, Stats: []ui.Stat{{Label: "New", Value: "3"}},
		Lines: ui.Table{Columns: []ui.Column{{Title: "Article", Main: true}}, Rows: []ui.Row{{Name: "a", Cells: []templ.Component{ui.TextCell("Lamp")}}}},
		Pages: ui.Pages{Number: 1, Last: 1, From: 1, To: 1, Total: 1}, Note: "Only one."}
	running := draw(t, ui.WorkView(v, w))
	if running.Find(".progress").Length() != 1 || running.Find("[formaction='/stop'],form[action='/stop']").Length() != 1 || running.Find(".stats,table").Length() != 0 {
		t.Error("a running piece of work shows its bar, a way to stop, and no result")
	}
	w.Bar.Ended = true
	ended := draw(t, ui.WorkView(v, w))
	if ended.Find(".progress").Length() != 0 || ended.Find(".stats").Length() != 1 || ended.Find("tbody tr").Length() != 1 || ended.Find(".help").Text() != "Only one." {
		t.Error("an ended piece of work shows its figures and its report")
	}
	w.Pages.Total = 0
	if draw(t, ui.WorkView(v, w)).Find("table").Length() != 0 {
		t.Error("without a report there is none to see")
	}
}

func TestProgressBar(t *testing.T) {
	v := english(t)
	running := draw(t, ui.ProgressBar(v, ui.Progress{ID: "p", Label: "Import", Done: 3, Total: 10, URL: "/p"}))
	if running.Find(`[hx-get="/p"]`).AttrOr("hx-trigger", "") != "every 2000ms" {
		t.Error("a running task does not ask")
	}
	bar := running.Find("progress")
	if bar.AttrOr("value", "") != "3" || bar.AttrOr("max", "") != "10" {
		t.Error("the bar is wrong")
	}
	if draw(t, ui.ProgressBar(v, ui.Progress{ID: "p", URL: "/p", Ended: true, Total: 10, Done: 10})).Find("[hx-get]").Length() != 0 {
		t.Error("a task that ended still asks")
	}
}
