Feature: Buying
  What a shopper does from the cart to the order, and what the shop promises meanwhile.

  Background:
    Given the shop has 5 "Mug" at "12.00"

  @ORD-10 @ORD-11 @STK-12
  Scenario: A guest buys by cheque
    Given "zoe@example.com" has 2 "Mug" in the cart
    When "zoe@example.com" orders and pays by "cheque"
    Then the order costs "30.00"
    And the order is "placed" and "unpaid"
    And 2 "Mug" are promised and 5 are on the shelf
    And "zoe@example.com" has 1 letter
    And the shop has 1 letter
    When the clerk records that "30.00" came
    Then the order is "paid" and "paid"
    And 0 "Mug" are promised and 3 are on the shelf

  @STK-12 @CART-03
  Scenario: The last piece and two buyers
    Given only 1 "Mug" is left
    And "zoe@example.com" has 1 "Mug" in the cart
    And "max@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "transfer"
    And "max@example.com" orders and pays by "card"
    Then the last order is refused because "checkout.lines"
    And "max@example.com" is told that "Mug" is "sold_out"
    And there is 1 order

  @ORD-07
  Scenario: Place order is clicked twice
    Given "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" clicks place order 3 times at once
    Then there is 1 order
    And every click shows the same order
    And "zoe@example.com" has 1 letter

  @ORD-09
  Scenario: A guest leaves no account
    Given "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    Then the order is "paid" and "paid"
    And only orders know "zoe@example.com"

  @ORD-08 @ACC-01
  Scenario: A buyer makes an account with the order
    Given "zoe@example.com" has 1 "Mug" in the cart
    When "zoe@example.com" orders by "cheque" and wants an account
    Then "zoe@example.com" can sign in and finds 1 order and 1 address

  @CART-01
  Scenario: The cart of the telephone meets the cart of the desk
    Given the shop has 5 "Bowl" at "20.00"
    And "zoe@example.com" has an account
    And "zoe@example.com" has 1 "Mug" in the cart
    And signs in
    When "zoe@example.com" on another device has 2 "Bowl" in the cart
    And signs in
    Then the cart holds 1 "Mug" and 2 "Bowl"
