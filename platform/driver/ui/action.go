package ui

// Look is the weight of a button.
type Look string

// The looks. A screen has one Primary at most.
const (
	Secondary Look = "" // outlined, the usual one
	Primary   Look = "primary"
	Plain     Look = "plain"
	Danger    Look = "danger"
)

// Action is something a person can do: a link when Href is set, a form of its own
// with one button when Post is set, otherwise a submit button of the form around
// it. One struct serves headers, empty states, menus, table rows and save bars.
type Action struct {
	Label string
	Icon  Icon
	Look  Look

	Href string // follow a link
	Post string // or post to an address, with Name=Value and the CSRF token

	Name, Value string // what the button submits
	FormAction  string // of a submit button: overrides the address of the form
	Form        string // of a submit button outside its form: the form's id
	NoValidate  bool   // of a submit button: skip the browser's own checks

	Dialog   string // id of a [ModalDialog] opened instead of Href when scripts run
	IconOnly bool   // the label is read, not seen
	NewTab   bool
	Download bool
	Disabled bool
	Reason   string // why it is disabled; shown as a tooltip and read out
}

func (a Action) class() string {
	class := "btn"
	if a.Look != Secondary {
		class += " btn-" + string(a.Look)
	}
	if a.IconOnly {
		class += " btn-icon"
	}
	return class
}

func (a Action) menuClass() string {
	if a.Look == Danger {
		return "menu-item menu-item-danger"
	}
	return "menu-item"
}
