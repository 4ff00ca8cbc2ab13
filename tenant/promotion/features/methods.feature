Feature: The six methods of discount
  What a merchant sets up, and what a buyer pays. Prices and discounts are without tax.

  Background:
    Given the family "Tableware"
    And the family "Porcelain" below "Tableware"
    And the article "Plate" at "50.00" in "Tableware"
    And the article "Bowl" at "12.90" in "Porcelain"

  @DSC-01
  Scenario: On the total purchased
    Given a discount takes 5 % off orders from "100.00" and 8 % from "200.00"
    When "zoe@example.com" has 3 "Plate" in the cart
    Then the discount is "-7.50"
    When "max@example.com" has 4 "Plate" in the cart
    Then the discount is "-16.00"
    When "ada@example.com" has 1 "Plate" in the cart
    Then there is no discount

  @DSC-02
  Scenario: On the quantity purchased
    Given a discount takes 5 % off from 10 pieces of one article
    When "zoe@example.com" has 10 "Bowl" in the cart
    Then the discount is "-6.45"
    When "max@example.com" has 9 "Bowl" in the cart
    Then there is no discount

  @DSC-03
  Scenario: A coupon
    Given the coupon "WELCOME" takes 10 % off
    And "zoe@example.com" has 2 "Plate" in the cart
    When the buyer types the code " wel come "
    Then the discount is "-10.00"
    When the buyer takes the code "WELCOME" out
    Then there is no discount
    When the buyer types the code "WELL"
    Then the code is refused because "discount.unknown_code"

  @DSC-03
  Scenario: A coupon for free shipping, above a minimum
    Given the coupon "SHIPFREE" gives free shipping from "80.00"
    And "zoe@example.com" has 1 "Plate" in the cart
    When the buyer types the code "SHIPFREE"
    Then the code "SHIPFREE" is not given because "discount.minimum_net"
    When "zoe@example.com" has 3 "Bowl" in the cart
    Then the code "SHIPFREE" waits for a way to send
    When the buyer orders
    Then the order gives "5.00" of shipping back

  @DSC-04
  Scenario: On a family, with what is below it
    Given a discount takes 10 % off the family "Tableware"
    When "zoe@example.com" has 1 "Plate" in the cart
    Then the discount is "-5.00"
    When "max@example.com" has 10 "Bowl" in the cart
    Then the discount is "-12.90"

  @DSC-05
  Scenario: On a sub-family, which is more specific than the family above it
    Given a discount takes 20 % off the family "Tableware"
    And a discount takes 10 % off the family "Porcelain"
    When "zoe@example.com" has 10 "Bowl" in the cart
    Then the discount is "-12.90"

  @DSC-06
  Scenario: On an article, which is the most specific
    Given a discount takes 20 % off the family "Porcelain"
    And a discount takes 5 % off the article "Bowl"
    When "zoe@example.com" has 10 "Bowl" in the cart
    Then the discount is "-6.45"

  @DSC-07
  Scenario: An article without discount
    Given a discount takes 5 % off orders from "100.00" and 8 % from "200.00"
    And the article "Plate" gets no discount
    When "zoe@example.com" has 3 "Plate" in the cart
    Then there is no discount
    When "zoe@example.com" has 10 "Bowl" in the cart
    Then the discount is "-6.45"

  @DSC-09
  Scenario: Everything in its order, and kept with the order
    Given a discount takes 10 % off the family "Tableware"
    And a discount takes 5 % off orders from "100.00" and 8 % from "200.00"
    And the coupon "WELCOME" takes 10 % off
    And "zoe@example.com" has 4 "Plate" in the cart
    When the buyer types the code "WELCOME"
    Then the discount is "-46.10"
    When the buyer orders
    Then the order tells its discounts as "discount_goods discount_order discount_order"
