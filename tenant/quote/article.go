package quote

import (
	"encoding/json"
	"fmt"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
)

// Article is what a typed code names.
type Article struct {
	Product catalog.ProductID
	Variant stock.VariantID // zero for the code of an article, which leaves its variant to be chosen
}

// FindArticle is what a scanned or typed code names: a variant by barcode or SKU, else an article by its code.
// Errors: ErrCode.
func FindArticle(tx tenant.Tx, code string) (Article, error) {
	var found []struct {
		ProductID catalog.ProductID
		VariantID stock.VariantID
	}
	err := tx.DB().Raw(`(select product_id, id as variant_id from variants where lower(sku) = lower(@code) or barcode <> '' and barcode = @code
			order by barcode = @code desc limit 1)
		union all (select id, null from products where lower(code) = lower(@code) limit 1)`, map[string]any{"code": code}).Scan(&found).Error
	if err != nil {
		return Article{}, fmt.Errorf("look up article: %w", err)
	}
	if len(found) == 0 || code == "" {
		return Article{}, ErrCode
	}
	for _, f := range found {
		if !f.VariantID.IsZero() {
			return Article{f.ProductID, f.VariantID}, nil
		}
	}
	return Article{Product: found[0].ProductID}, nil
}

// FindVariant is the variant of an article that has these values of its options. Errors: ErrCombination.
func FindVariant(tx tenant.Tx, p catalog.ProductID, options map[string]string) (stock.VariantID, error) {
	if options == nil {
		options = map[string]string{}
	}
	doc, err := json.Marshal(options)
	if err != nil {
		return stock.VariantID{}, fmt.Errorf("look up variant: %w", err)
	}
	var found []stock.VariantID
	err = tx.DB().Raw("select id from variants where product_id = ? and options = ?::jsonb and active limit 1", p, string(doc)).Scan(&found).Error
	if err != nil {
		return stock.VariantID{}, fmt.Errorf("look up variant: %w", err)
	}
	if len(found) == 0 {
		return stock.VariantID{}, ErrCombination
	}
	return found[0], nil
}
