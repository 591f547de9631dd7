"""Every rule of the shop's data, as the lists say it, and which tests show it on either side.

Tests are functions under `tests.integration`. The sides of what a Refusal shows (`refused_*.py`) are not named again.
"""

from __future__ import annotations

from .rule import Rule

VALIDATION_RULES = (
    Rule("phase-2 9.2: Validate email format at DB layer"),
    Rule("phase-2 9.2: Validate price >= 0"),
    Rule("phase-2 9.2: Validate stock >= 0"),
    Rule("phase-2 9.2: Validate rating between 1-5"),
    Rule("phase-2 9.2: Validate dates (expiresAt > createdAt)"),
    Rule("phase-2 9.2: Validate foreign key existence"),
    Rule("phase-2 9.2: Validate unique constraints"),
)
BUSINESS_CONSTRAINTS = (
    Rule("phase-2 9.3: Ensure primary variant exists for each product"),
    Rule("phase-2 9.3: Prevent category circular references"),
    Rule(
        "phase-2 9.3: Validate order total calculations",
        through=("workflows.test_checkout.test_totals_are_right_to_the_cent",),
    ),
    Rule(
        "phase-2 9.3: Prevent cart item duplicates",
        through=("rules.test_states.test_a_variant_put_in_twice_is_one_item",),
        around=("database.test_partial_indexes.test_what_is_unique_is_refused_twice",),
    ),
    Rule("phase-2 9.3: Validate payment amount matches order"),
    Rule("phase-2 9.3: Enforce review uniqueness per user per product"),
    Rule("phase-2 9.3: Validate coupon usage limits"),
)
DATES = (
    Rule("rulings 3: createdAt never changes"),
    Rule("rulings 3: createdAt is never in the future"),
    Rule(
        "rulings 3: updatedAt is never the caller's",
        through=("policies.test_version_and_timestamps.test_what_is_not_the_callers_is_refused_by_its_path",),
        around=("database.test_created_at.test_no_trigger_writes_updated_at",),
    ),
)
SOFT_DELETE = (
    Rule(
        "rulings 4: a deleted row is not there, however it was deleted",
        through=("repositories.test_base.test_a_row_is_written_read_changed_and_deleted",),
        around=("rules.test_states.test_what_sql_deletes_softly_is_not_there",),
    ),
    Rule("rulings 4: refused where foreign keys restrict"),
    Rule(
        "rulings 4: reaches variants with their product",
        through=("rules.test_states.test_variants_go_with_their_product_and_come_back",),
        around=(
            "database.test_soft_delete_reach.test_variants_and_reviews_go_and_come_back_with_their_product",
        ),
    ),
    Rule(
        "rulings 4: ends sessions with their user",
        through=("workflows.test_accounts.test_a_deleted_user_is_signed_out_and_their_address_is_free",),
        around=("database.test_soft_delete_reach.test_sessions_end_with_their_user",),
    ),
    Rule("rulings 4: User.status is DELETED exactly when deletedAt is set"),
    Rule(
        "rulings 4: nothing new points at a deleted row",
        through=("policies.test_soft_delete.test_a_deleted_row_cannot_be_connected",),
        around=("database.test_soft_delete_reach.test_nothing_new_points_at_a_deleted_row",),
    ),
    Rule(
        "rulings 4: purge deletes for real",
        through=("repositories.test_base.test_purge_deletes_for_real",),
        around=("database.test_cascades.test_deleting_a_parent_does_what_the_list_says_to_its_children",),
    ),
    Rule(
        "rulings 5: a deleted row does not block a new one",
        through=("workflows.test_accounts.test_a_deleted_user_is_signed_out_and_their_address_is_free",),
        around=("database.test_soft_delete.test_a_deleted_row_does_not_block_a_new_one",),
    ),
    Rule(
        "rulings 5: a restored row has its unique values again",
        through=("repositories.test_base.test_restore_brings_a_row_back_and_a_row_in_the_way_is_a_conflict",),
        around=("database.test_soft_delete.test_a_restored_row_has_its_value_again",),
    ),
    Rule(
        "rulings 5: a live row in the way of a restore is a ConflictError",
        through=("repositories.test_base.test_restore_brings_a_row_back_and_a_row_in_the_way_is_a_conflict",),
        around=("database.test_soft_delete.test_a_live_row_is_in_the_way_of_a_restore",),
    ),
    Rule(
        "rulings 5: shape CHECKs hold for live rows only",
        through=("repositories.test_base.test_restore_brings_a_row_back_and_a_row_in_the_way_is_a_conflict",),
        around=("database.test_checks.test_shapes_hold_for_live_rows_only",),
    ),
    Rule(
        "rulings 5: a deleted review is revived, not duplicated",
        through=("workflows.test_catalogue.test_a_review_that_was_deleted_is_written_anew_in_its_row",),
        around=("rules.test_states.test_a_deleted_review_keeps_its_place",),
    ),
)
ON_DELETE = (
    Rule(
        "rulings 6: User: Cascade to what is theirs alone, SetNull where history stays",
        through=("rules.test_states.test_a_purged_user_leaves_their_history",),
        around=("database.test_cascades.test_deleting_a_parent_does_what_the_list_says_to_its_children",),
    ),
    Rule(
        "rulings 6: Product: Cascade to variants, links and reviews",
        through=("rules.test_states.test_a_purged_product_takes_what_is_its_own",),
        around=("database.test_cascades.test_deleting_a_parent_does_what_the_list_says_to_its_children",),
    ),
    Rule(
        "rulings 6: Cart: Cascade to CartItem, SetNull on Order",
        through=("rules.test_states.test_a_purged_cart_leaves_its_order",),
        around=("database.test_cascades.test_deleting_a_parent_does_what_the_list_says_to_its_children",),
    ),
    Rule("rulings 6: Order: Restrict while a Payment exists"),
    Rule("rulings 6: Payment: Restrict while a PaymentRefund exists"),
    Rule("rulings 6: Category: Restrict while a ProductCategory or a child exists"),
    Rule("rulings 6: Coupon: Restrict while used"),
    Rule(
        "rulings 6: Media, Collection, Role, Permission, Review: Cascade to their junctions",
        through=("rules.test_states.test_what_is_purged_takes_its_links",),
        around=("database.test_cascades.test_the_list_above_is_all_the_foreign_keys_there_are",),
    ),
    Rule(
        "rulings 6: snapshots stay, so history survives every deletion",
        through=("rules.test_states.test_a_purged_product_takes_what_is_its_own",),
        around=("database.test_cascades.test_history_survives_every_deletion",),
    ),
    Rule("rulings 7: erasing is after soft delete"),
    Rule(
        "rulings 7: erasing empties names, addresses, IPs and e-mail everywhere",
        through=("workflows.test_accounts.test_an_erased_user_is_nobody_and_stays_so",),
        around=(
            "database.test_audit_log.test_erasing_empties_a_persons_rows",
            "database.test_audit_log.test_erasing_empties_audit_values_and_keeps_who_did_what",
        ),
    ),
    Rule(
        "rulings 7: amounts, references and who did what stay",
        through=("workflows.test_accounts.test_an_erased_user_is_nobody_and_stays_so",),
        around=("database.test_audit_log.test_erasing_keeps_amounts_and_references",),
    ),
    Rule(
        "rulings 7: only the owner role erases",
        through=("workflows.test_accounts.test_another_role_than_the_owners_cannot_erase",),
        around=("database.test_audit_log.test_only_the_owner_may_erase",),
    ),
)
CONSTRAINTS = (
    Rule(
        "rulings 8: every CHECK",
        through=("database.test_inputs_and_checks.test_an_input_and_the_check_agree",),
        around=(
            "database.test_checks.test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond",
            "database.test_checks.test_every_check_of_the_catalogue_has_a_case",
        ),
    ),
    Rule("rulings 8: quantity at least 1"),
    Rule("rulings 8: percentage coupons 0 to 100"),
    Rule("rulings 8: currency three capitals"),
    Rule("rulings 8: quantityOnHand = quantityAvailable + quantityReserved"),
    Rule("rulings 8: one primary variant per product"),
    Rule(
        "rulings 8: one default address and one default card per user",
        through=(
            "repositories.test_addresses.test_many_new_defaults_at_once_leave_one",
            "repositories.test_cards.test_many_changes_at_once_leave_one_default",
        ),
        around=("database.test_partial_indexes.test_one_row_of_an_owner_is_the_first",),
    ),
    Rule(
        "rulings 8: one ACTIVE cart per user and per session",
        through=("repositories.test_carts.test_a_user_has_one_active_cart_however_many_ask_at_once",),
        around=(
            "database.test_partial_indexes.test_a_user_has_one_active_cart",
            "database.test_partial_indexes.test_a_guest_has_one_active_cart",
        ),
    ),
    Rule("rulings 8: an order per cart"),
    Rule("rulings 8: unique: (provider, transactionId)"),
    Rule(
        "rulings 8: unique: idempotency keys",
        through=(
            "workflows.test_checkout.test_the_same_key_gives_the_same_order",
            "workflows.test_orders.test_a_failed_payment_leaves_the_order_to_be_paid_again",
            "workflows.test_orders.test_a_payment_is_refunded_in_parts_to_the_last_cent",
        ),
        around=("database.test_partial_indexes.test_what_is_unique_is_refused_twice",),
    ),
    Rule(
        "rulings 8: unique: refresh token hash",
        through=("repositories.test_sessions.test_of_two_rotations_at_once_one_wins_and_the_other_is_reuse",),
        around=("database.test_partial_indexes.test_what_is_unique_is_refused_twice",),
    ),
    Rule("rulings 8: a payment's currency is its order's"),
    Rule("rulings 8: refunds of a payment never exceed it"),
    Rule("rulings 8: card numbers are never stored"),
)
STOCK_AND_SHELVES = (
    Rule(
        "rulings 10: stock mirrors quantityAvailable, version and updatedAt left alone",
        through=("repositories.test_inventory.test_the_variant_shows_the_stock_that_is_left",),
        around=("database.test_inventory_mirror.test_stock_mirrors_what_is_available",),
    ),
    Rule("rulings 10: a direct write to stock is refused"),
    Rule(
        "rulings 10: TRACK refuses what is not in stock",
        through=("repositories.test_inventory.test_the_same_variant_twice_is_summed",),
        around=("rules.test_states.test_stock_that_sql_takes_away_is_not_sold",),
    ),
    Rule(
        "rulings 10: CONTINUE reserves what there is and remembers how much",
        through=(
            "workflows.test_checkout.test_what_is_not_in_stock_is_reserved_in_part_where_the_product_continues",
        ),
        around=(
            "database.test_checks.test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond",
        ),
    ),
    Rule(
        "rulings 10: DENY is not for sale",
        through=("workflows.test_checkout.test_what_cannot_be_ordered_is_refused_and_nothing_is_written",),
        around=("rules.test_states.test_a_product_that_sql_takes_off_sale_is_not_sold",),
    ),
    Rule("rulings 11: slugs are unique over all categories"),
    Rule(
        "rulings 11: path joins the ancestors' slugs, level counts them",
        through=("workflows.test_catalogue.test_the_tree_its_ancestors_and_its_descendants",),
        around=(
            "database.test_category_tree.test_a_path_joins_the_slugs_from_the_root_and_the_level_counts_them",
        ),
    ),
    Rule(
        "rulings 11: both follow when a category moves or a slug changes",
        through=("workflows.test_catalogue.test_a_move_takes_the_subtree_along_and_never_makes_a_cycle",),
        around=(
            "database.test_category_tree.test_paths_follow_when_a_category_moves",
            "database.test_category_tree.test_paths_follow_when_a_slug_changes",
        ),
    ),
)
ORDERS = (
    Rule("rulings 12: taxAmount is the part contained in what is paid"),
    Rule(
        "rulings 12: FREE_SHIPPING sets shipping to 0",
        through=("workflows.test_checkout.test_totals_are_right_to_the_cent",),
        around=(
            "database.test_checks.test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond",
        ),
    ),
    Rule("rulings 12: reference is LM-<year>-<number>"),
    Rule(
        "rulings 12: a reference is unique, never reused, right beyond a million",
        through=("workflows.test_checkout.test_an_order_has_items_payment_snapshots_and_a_reference",),
        around=(
            "database.test_order_rules.test_a_reference_is_never_used_again",
            "database.test_order_rules.test_references_go_on_beyond_a_million",
        ),
    ),
    Rule(
        "rulings 13: an order's status goes one step forward",
        through=("workflows.test_orders.test_a_step_that_is_not_the_next_is_refused",),
        around=(
            "database.test_order_rules.test_a_status_goes_one_step_forward_or_is_cancelled_before_shipping",
        ),
    ),
    Rule(
        "rulings 13: CANCELLED from any status before SHIPPED",
        through=("workflows.test_orders.test_a_shipped_order_is_not_cancelled",),
        around=(
            "database.test_order_rules.test_a_status_goes_one_step_forward_or_is_cancelled_before_shipping",
        ),
    ),
    Rule(
        "rulings 13: stock is reserved when placed, committed at SHIPPED, released at CANCELLED",
        through=(
            "workflows.test_orders.test_an_order_goes_all_the_way_and_its_pieces_leave_when_it_is_shipped",
            "workflows.test_orders.test_cancelling_gives_stock_and_coupon_back_once",
        ),
        around=("rules.test_states.test_a_reservation_that_sql_takes_away_is_not_given_back_twice",),
    ),
    Rule(
        "rulings 13: a failed payment leaves PENDING, which a sweep cancels after ORDER_TTL",
        through=(
            "workflows.test_orders.test_a_failed_payment_leaves_the_order_to_be_paid_again",
            "workflows.test_orders.test_orders_that_stay_unpaid_expire_and_paid_ones_do_not",
        ),
        around=("rules.test_states.test_an_old_order_that_sql_writes_is_swept_unless_it_is_paid",),
    ),
    Rule(
        "rulings 13: a guest's cart joins a user before checkout; userId is null only after a purge",
        through=(
            "workflows.test_checkout.test_what_cannot_be_ordered_is_refused_and_nothing_is_written",
            "rules.test_states.test_a_purged_user_leaves_their_history",
        ),
        around=("database.test_order_rules.test_an_order_has_a_user",),
    ),
)
VERSIONS_AND_RECORDS = (
    Rule(
        "rulings 14: every update counts and compares when a version is given",
        through=("repositories.test_base.test_a_stale_version_changes_nothing",),
        around=("rules.test_states.test_a_version_that_sql_counted_is_stale_for_who_read_before",),
    ),
    Rule(
        "rulings 14: triggers never touch the version",
        through=("repositories.test_inventory.test_the_variant_shows_the_stock_that_is_left",),
        around=("rules.test_states.test_no_trigger_counts_a_version",),
    ),
    Rule(
        "rulings 14: changing an item changes its cart",
        through=(
            "repositories.test_carts.test_items_are_added_changed_and_taken_out_and_each_counts_the_cart",
            "repositories.test_carts.test_a_stale_version_of_a_cart_is_refused",
        ),
        around=("rules.test_states.test_a_version_that_sql_counted_is_stale_for_who_read_before",),
    ),
    Rule(
        "rulings 15: what is audited, and what is not",
        through=("rules.test_states.test_a_change_through_the_shop_is_audited_with_who_made_it",),
        around=(
            "database.test_audit_trail.test_a_new_row_is_told",
            "database.test_audit_trail.test_what_is_not_audited_is_not_told",
        ),
    ),
    Rule(
        "rulings 15: actorId stands beside userId without a foreign key",
        through=("repositories.test_records.test_what_a_purged_user_did_is_still_found",),
        around=("database.test_audit_log.test_a_purged_user_is_forgotten_but_the_actor_stays",),
    ),
    Rule(
        "rulings 15: the audit log is append-only",
        through=("repositories.test_records.test_the_audit_log_cannot_be_changed",),
        around=(
            "database.test_audit_log.test_an_audit_row_is_not_changed",
            "database.test_audit_log.test_an_audit_row_is_not_deleted",
            "database.test_privileges.test_the_application_sells_and_cannot_touch_the_audit_log",
        ),
    ),
    Rule(
        "rulings 16: Turkish and English words, one letter i, typing errors",
        through=(
            "workflows.test_catalogue.test_words_are_found_in_turkish_with_the_best_first_and_typing_errors_are_guessed",
        ),
        around=(
            "database.test_product_search.test_every_i_is_one_letter_and_accents_do_not_matter",
            "database.test_product_search.test_products_are_found_by_word_forms_beginnings_and_all_words",
            "database.test_product_search.test_a_typing_error_is_found_by_word_similarity_through_the_index",
        ),
    ),
    Rule(
        "rulings 16: the vector follows the product",
        through=("rules.test_states.test_a_product_is_found_by_its_new_title",),
        around=("database.test_product_search.test_the_vector_follows_the_product",),
    ),
    Rule("rulings 17: passwords are stored as bcrypt hashes only"),
    Rule(
        "rulings 17: more than 72 bytes is refused, never cut",
        through=("repositories.test_users.test_more_than_72_bytes_are_refused_and_nothing_is_written",),
        around=(
            "database.test_checks.test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond",
        ),
    ),
    Rule(
        "rulings 17: refresh tokens are stored as SHA-256",
        through=("repositories.test_sessions.test_a_session_holds_the_hash_and_shows_the_token_once",),
        around=(
            "database.test_checks.test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond",
        ),
    ),
    Rule(
        "rulings 17: no secret shows in a log, an error, an audit row or a repr",
        through=(
            "repositories.test_records.test_secrets_are_masked_at_any_depth",
            "repositories.test_cards.test_a_card_of_somebody_else_is_not_there_and_no_token_is_shown",
        ),
        around=(
            "database.test_audit_trail.test_secrets_are_masked_and_are_those_of_the_client",
            "database.test_roles.test_the_reader_does_not_see_a_secret",
        ),
    ),
)
RULES = (
    *VALIDATION_RULES,
    *BUSINESS_CONSTRAINTS,
    *DATES,
    *SOFT_DELETE,
    *ON_DELETE,
    *CONSTRAINTS,
    *STOCK_AND_SHELVES,
    *ORDERS,
    *VERSIONS_AND_RECORDS,
)
