package pdf

// table draws the goods; its heading stands on every page it goes on to.
func (d *drawing) table() {
	if len(d.paper.Columns) == 0 {
		return
	}
	d.titles()
	for _, row := range d.paper.Rows {
		height := d.height(row)
		if d.GetY()+height > bottom {
			d.AddPage()
			d.SetXY(margin, margin)
			d.titles()
		}
		y, x := d.GetY(), margin
		for i, c := range d.paper.Columns {
			w := c.Share * width
			d.style(false, normal, black)
			used := d.text(x, y+1, w, line, row[i].Text, align(c))
			if row[i].Sub != "" {
				d.style(false, fine, grey)
				d.text(x, y+1+used, w, small, row[i].Sub, align(c))
			}
			x += w
		}
		d.line(y + height)
		d.SetXY(margin, y+height)
	}
}

func align(c Column) string {
	if c.End {
		return "R"
	}
	return "L"
}

func (d *drawing) titles() {
	y, x := d.GetY(), margin
	d.style(true, fine, grey)
	for _, c := range d.paper.Columns {
		d.text(x, y, c.Share*width, line, c.Title, align(c))
		x += c.Share * width
	}
	d.line(y + line + 1)
	d.SetXY(margin, y+line+1)
}

// height is how much a row takes.
func (d *drawing) height(row []Cell) float64 {
	most := leastRow
	for i, c := range d.paper.Columns {
		d.style(false, normal, black)
		h := float64(len(d.lines(row[i].Text, c.Share*width))) * line
		if row[i].Sub != "" {
			d.style(false, fine, grey)
			h += float64(len(d.lines(row[i].Sub, c.Share*width))) * small
		}
		most = max(most, h+2)
	}
	return most
}

func (d *drawing) sums() {
	d.SetXY(margin, d.GetY()+2)
	x, w := margin+width*sumsAt, width*(1-sumsAt)
	for _, s := range d.paper.Sums {
		d.room(leastRow)
		y := d.GetY() + 0.5
		d.style(s.Strong, normal, black)
		used := d.text(x, y, w*sumLabel, line, s.Label, "L")
		d.text(x+w*sumLabel, y, w*(1-sumLabel), line, s.Amount, "R")
		d.SetXY(margin, y+used)
	}
	d.SetXY(margin, d.GetY()+gap)
}

func (d *drawing) notes() {
	for _, n := range d.paper.Notes {
		if n.Title != "" {
			d.room(3 * line)
			d.style(true, normal, black)
			d.SetXY(margin, d.GetY()+d.text(margin, d.GetY(), width, line, n.Title, "L"))
		}
		d.style(false, normal, black)
		for _, l := range d.lines(n.Text, width) {
			d.room(line)
			y := d.GetY()
			d.SetXY(margin, y)
			d.CellFormat(width, line, l, "", 0, "L", false, 0, "")
			d.SetXY(margin, y+line)
		}
		d.SetXY(margin, d.GetY()+gap/2)
	}
}
