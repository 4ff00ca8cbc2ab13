package transfers

import (
	"mime"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/transfer"
)

type exportQuery struct {
	XLSX      bool   `query:"xlsx"`
	Separator string `query:"separator"`
	Decimal   string `query:"decimal"`
	BOM       bool   `query:"bom"`
}

const (
	typeCSV  = "text/csv; charset=utf-8"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// export sends the whole catalogue as a file.
func (d *Desk) export(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[exportQuery](c)
	if err != nil {
		return err
	}
	w := &download{response: c.Response(), kind: typeCSV, name: v.Row.Slug + ".csv"}
	if q.XLSX {
		w.kind, w.name = typeXLSX, v.Row.Slug+".xlsx"
	}
	return transfer.Export(c.Request().Context(), v.Shop, w, transfer.ExportOptions{
		XLSX: q.XLSX, Separator: separator(q.Separator), Decimal: q.Decimal, BOM: q.BOM,
	})
}

// download begins the answer with its first byte, so that what is refused before is still a page.
type download struct {
	response   *echo.Response
	kind, name string
	begun      bool
}

func (w *download) Write(p []byte) (int, error) {
	if !w.begun {
		w.begun = true
		h := w.response.Header()
		h.Set(echo.HeaderContentType, w.kind)
		h.Set(echo.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": w.name}))
		h.Set("Cache-Control", "no-store")
	}
	return w.response.Write(p)
}
