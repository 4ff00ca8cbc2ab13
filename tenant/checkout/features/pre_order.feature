@STK-04
Feature: Reserving what is not there yet
  The merchant announces an article for a day and says how many may be reserved before.

  Background:
    Given the shop has 0 "Mug" at "12.00"
    And "Mug" is announced in 10 days and 2 can be reserved
    And "zoe@example.com" has 1 "Mug" in the cart
    And "ida@example.com" has 1 "Mug" in the cart
    And "max@example.com" has 1 "Mug" in the cart

  Scenario: As many as are allowed, and paid as usual, whatever the moment
    Given stock paid by "card" leaves "with the order"
    When "zoe@example.com" orders and pays by "card"
    And the buyer pays with the card "good" at the bank that is "proper"
    Then the order is "paid" and "paid"
    And "Mug" counts 0 on the shelf, 1 awaited by customers, -1 for others
    And the order says when "Mug" is expected
    And no alert was raised
    When "ida@example.com" orders and pays by "card"
    And "max@example.com" orders and pays by "card"
    Then "max@example.com" is told that it is sold out

  Scenario: First come, first served
    When "zoe@example.com" orders and pays by "cheque"
    And "ida@example.com" orders and pays by "cheque"
    And 1 "Mug" arrives
    And the clerk records that "18.00" came
    Then "Mug" counts 1 on the shelf, 2 awaited by customers, -1 for others
    When 1 "Mug" arrives
    And the clerk ships it with "colissimo" as "6A123"
    Then "Mug" counts 1 on the shelf, 1 awaited by customers, 0 for others

  Scenario: On its day it is sold like any other
    Given "zoe@example.com" orders and pays by "cheque"
    When 11 days pass
    And "ida@example.com" orders and pays by "cheque"
    Then "ida@example.com" is told that it is sold out
    When 2 "Mug" arrives
    And "ida@example.com" orders and pays by "cheque"
    Then "Mug" counts 2 on the shelf, 2 awaited by customers, 0 for others

  Scenario: Cancelled, the place in the queue is free
    When "zoe@example.com" orders and pays by "cheque"
    And the clerk cancels the order
    Then "Mug" counts 0 on the shelf, 0 awaited by customers, 0 for others
