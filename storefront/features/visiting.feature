@http
Feature: Visiting the shop window
  What everybody sees comes from memory and is never older than the shop.

  Background:
    Given the shop "lune" sells "Tasse" at "24.00" and delivers for "4.95"

  Scenario: SPD-01 a new price is on the next page
    Given a shopper has seen "Tasse" at "24,00 €"
    When the merchant asks "25.00" for "Tasse"
    Then a shopper sees "Tasse" at "25,00 €"

  Scenario: SEO-01 a renamed article is found at its old address
    When the merchant renames "Tasse" to "Grande tasse"
    Then the old address of "Tasse" leads to "/product/grande-tasse" for good

  Scenario: STK-06 a sold-out article keeps its page
    Given sold-out articles are hidden
    When only 0 "Tasse" are left
    Then a search for "tasse" finds nothing
    But the page of "Tasse" says that it is sold out

  Scenario: ORD-05 a misspelt search
    Then a search for "tase" finds "Tasse"
