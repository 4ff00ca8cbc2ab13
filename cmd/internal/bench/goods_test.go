package bench

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func TestWriteGoods(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := writeGoods(&file, "T", 20, true); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll() // refuses rows of other lengths than the header
	if err != nil {
		t.Fatal(err)
	}
	codes, skus := map[string]bool{}, map[string]bool{}
	for _, row := range rows[1:] {
		codes[row[0]], skus[row[13]] = true, true
	}
	if len(codes) != 20 || len(skus) != 20+4*2 || len(rows) != 1+len(skus) {
		t.Errorf("%d articles, %d variants in %d rows", len(codes), len(skus), len(rows))
	}
}
