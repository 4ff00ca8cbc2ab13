package webtest

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// controls are the fields and buttons of a form, those tied to it by a form
// attribute included, in the order of the page.
func (b *Browser) controls(form *goquery.Selection) *goquery.Selection {
	id, hasID := form.Attr("id")
	return b.doc().Find("input, select, textarea, button").FilterFunction(func(_ int, field *goquery.Selection) bool {
		if owner, tied := field.Attr("form"); tied {
			return hasID && owner == id
		}
		return field.Closest("form").IsSelection(form)
	})
}

func (b *Browser) firstButton(form *goquery.Selection) *goquery.Selection {
	return b.controls(form).FilterFunction(func(_ int, field *goquery.Selection) bool {
		kind := kindOf(field)
		return (kind == "submit" || kind == "image") && !disabled(field)
	}).First()
}

func (b *Browser) formOf(field *goquery.Selection) *goquery.Selection {
	b.t.Helper()
	if kind := kindOf(field); kind != "submit" && kind != "image" || disabled(field) {
		b.fatalf("not a form nor a button that can be pressed: %s", outer(field))
	}
	if owner, tied := field.Attr("form"); tied {
		return b.doc().Find("form").FilterFunction(func(_ int, form *goquery.Selection) bool {
			return form.AttrOr("id", "") == owner
		})
	}
	return field.Closest("form")
}

// kindOf is the type of a control: of an input its type, of others their name.
func kindOf(field *goquery.Selection) string {
	switch name := goquery.NodeName(field); name {
	case "input":
		return strings.ToLower(field.AttrOr("type", "text"))
	case "button":
		return strings.ToLower(field.AttrOr("type", "submit"))
	default:
		return name
	}
}

// fieldValues are what an untouched control sends.
func fieldValues(field *goquery.Selection) []string {
	switch kindOf(field) {
	case "checkbox", "radio":
		if _, on := field.Attr("checked"); on {
			return []string{field.AttrOr("value", "on")}
		}
		return nil
	case "select":
		return chosen(field)
	case "textarea":
		return []string{crlf(field.Text())}
	default:
		return []string{field.AttrOr("value", "")}
	}
}

// chosen are the selected options; a drop-down list without one shows, and
// sends, its first.
func chosen(field *goquery.Selection) []string {
	usable := field.Find("option").FilterFunction(func(_ int, o *goquery.Selection) bool { return !disabled(o) })
	selected := usable.Filter("[selected]")
	_, multiple := field.Attr("multiple")
	if !multiple {
		if selected = selected.Last(); selected.Length() == 0 {
			selected = usable.First()
		}
	}
	return selected.Map(func(_ int, o *goquery.Selection) string { return optionValue(o) })
}

func optionValue(option *goquery.Selection) string {
	if v, ok := option.Attr("value"); ok {
		return v
	}
	return fold(option.Text())
}

// disabled looks at the control, its group of options and its field sets; the
// first legend of a disabled field set stays usable.
func disabled(field *goquery.Selection) bool {
	if _, off := field.Attr("disabled"); off {
		return true
	}
	if field.Closest("optgroup[disabled], datalist").Length() > 0 {
		return true
	}
	off := false
	field.ParentsFiltered("fieldset[disabled]").Each(func(_ int, set *goquery.Selection) {
		legend := set.ChildrenFiltered("legend").First()
		if legend.Length() == 0 || !legend.Contains(field.Get(0)) {
			off = true
		}
	})
	return off
}

// crlf is how line ends of a text area travel.
func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}
