package carriage

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipment"
)

// billModel is the form that takes a carrier's bill.
type billModel struct {
	room
	Answers ui.Answers
	Bill    *shipment.Bill // as it was read; nil before
	Written int            // how many costs were written just now
}

func (m billModel) sheet() sheet.Sheet { return sheet.New(m.visit, "carriage", m.Answers) }

// billForm is a bill as it is pasted, handed in, or both.
type billForm struct {
	Lines string                `form:"lines"`
	File  *multipart.FileHeader `form:"file"`
}

// maxBillFile is room for the longest bill with long numbers.
const maxBillFile = 1 << 20

// text is all of the bill.
func (f billForm) text() (string, error) {
	if f.File == nil {
		return f.Lines, nil
	}
	if f.File.Size > maxBillFile {
		return f.Lines, shipment.ErrBillLong.With(fault.Args{"max": shipment.MaxBillLines}).On("file")
	}
	file, err := f.File.Open()
	if err != nil {
		return "", fmt.Errorf("open bill: %w", err)
	}
	read, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("read bill: %w", err)
	}
	text := strings.ReplaceAll(strings.ToValidUTF8(strings.TrimPrefix(string(read), "\ufeff"), "?"), "\x00", "")
	if f.Lines == "" {
		return text, nil
	}
	return f.Lines + "\n" + text, nil
}

// ask shows the empty form.
func (d *Desk) ask(c echo.Context) error {
	return showBill(c, http.StatusOK, billModel{})
}

// check reads a bill and shows what it would write.
func (d *Desk) check(c echo.Context) error {
	return take(c, func(v *desk.Visit, r room, text string) (b *shipment.Bill, err error) {
		err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
			b, err = shipment.ReadBill(tx, v.View.Locale, r.currency(), text)
			return err
		})
		return b, err
	}, false)
}

// post writes the costs that a bill tells; what cannot be taken stays in the form.
func (d *Desk) post(c echo.Context) error {
	return take(c, func(v *desk.Visit, r room, text string) (*shipment.Bill, error) {
		return shipment.PostBill(c.Request().Context(), v.Shop, v.Actor(), v.View.Locale, r.currency(), text)
	}, true)
}

// take answers a bill that was sent, which act reads or writes.
func take(c echo.Context, act func(*desk.Visit, room, string) (*shipment.Bill, error), writes bool) error {
	v := desk.Here(c)
	f, err := web.Form[billForm](c)
	if err != nil {
		return err
	}
	var m billModel
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		m.room, err = here(tx, v)
		return err
	})
	if err != nil {
		return err
	}
	text, err := f.text()
	typed := url.Values{"lines": {text}}
	if err == nil {
		m.Bill, err = act(v, m.room, text)
	}
	if desk.Repairable(err) {
		name := "lines"
		if fields := fault.FieldsOf(err); len(fields) > 0 {
			name = fields[0].Name
		}
		m.Answers = ui.Refused(v.View, typed, fault.Invalid(fault.Field{Name: name, Key: fault.KeyOf(err), Args: fault.ArgsOf(err)}))
		return showBill(c, http.StatusUnprocessableEntity, m)
	}
	if err != nil {
		return err
	}
	wrong := len(m.Bill.Wrong)
	if writes && wrong == 0 {
		return desk.Back(c, base, "carriage.done", map[string]string{"n": strconv.Itoa(len(m.Bill.Found))})
	}
	if writes {
		m.Written, typed = len(m.Bill.Found), url.Values{"lines": {m.Bill.Rest}}
		m.Bill.Found = nil // they are written
	}
	status := http.StatusOK
	m.Answers = ui.Asked(typed)
	if wrong > 0 {
		status = http.StatusUnprocessableEntity
		m.Answers = ui.Refused(v.View, typed, fault.Invalid(fault.Field{Name: "lines", Key: "carriage.wrong", Args: fault.Args{"n": wrong}}))
	}
	return showBill(c, status, m)
}

func showBill(c echo.Context, status int, m billModel) error {
	if m.visit == nil {
		v := desk.Here(c)
		err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
			m.room, err = here(tx, v)
			return err
		})
		if err != nil {
			return err
		}
	}
	return desk.Show(c, status, billPage(m))
}
