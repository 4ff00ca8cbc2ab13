@CUR-01
Feature: The shop goes over to another currency
  A merchant who moves his books from euros to francs sees beforehand what becomes of every price and fee, decides,
  and sells on at once. What was promised in euros stays promised in euros.

  Background:
    Given a shop in "EUR" that sells "Lamp" at "10.00", crossed out "12.00", and sends it for "6.00"

  Scenario: Looking changes nothing
    When the merchant looks at what "CHF" at 0.5 would change
    Then he is shown that "Lamp" goes from "10.00" to "5.00"
    And the shop is in "EUR" and "Lamp" costs "10.00"

  Scenario: From one minute to the next everything is in francs
    When the merchant goes over to "CHF" at 0.5
    Then the shop is in "CHF" and "Lamp" costs "5.00", crossed out "6.00"
    And "zoe@example.com" pays "8.00" "CHF" for 1 "Lamp" sent to her
    And the journal says so once

  @CUR-02
  Scenario: Prices end as the merchant likes them
    When the merchant goes over to "CHF" at 0.93, prices ending in ".95"
    Then the shop is in "CHF" and "Lamp" costs "8.95", crossed out "10.95"

  @CUR-02
  Scenario: A price he wrote in francs himself counts for more than a reckoned one
    Given the merchant asks "9.90" "CHF" for "Lamp" of those who see francs
    When the merchant goes over to "CHF" at 0.5
    Then "zoe@example.com" pays "12.90" "CHF" for 1 "Lamp" sent to her

  @CUR-04
  Scenario: An order of before is paid in euros
    Given "max@example.com" has ordered 1 "Lamp" to pay by cheque
    When the merchant goes over to "CHF" at 0.5
    Then the order of "max@example.com" comes to "16.00" "EUR"
    And the merchant may record that "16.00" "EUR" came

  @CUR-04
  Scenario: Nobody orders at a price in a currency that is gone
    Given "zoe@example.com" has 1 "Lamp" before her at the checkout
    When the merchant goes over to "CHF" at 0.5
    Then "zoe@example.com" is asked again before she orders

  @QUO-03
  Scenario: A quote that stands is a promise
    Given "zoe@example.com" has been offered a quote for 1 "Lamp"
    When the merchant goes over to "CHF" at 0.5
    Then that is refused because "conversion.quotes"
    And the shop is in "EUR" and "Lamp" costs "10.00"

  Scenario: A second look is needed when somebody else was faster
    Given the merchant looks at what "CHF" at 0.5 would change
    And a colleague goes over to "USD" at 1.1
    When the merchant decides on what he was shown
    Then that is refused because "settings.stale"
    And the shop is in "USD" and "Lamp" costs "11.00"
