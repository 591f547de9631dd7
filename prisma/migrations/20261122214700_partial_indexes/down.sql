-- Undo: partial indexes.

DROP INDEX
    "ProductVariant_productId_primary_key",
    "ProductCategory_productId_primary_key",
    "ProductMedia_productId_primary_key",
    "VariantMedia_variantId_primary_key",
    "Address_userId_default_key",
    "SavedCard_userId_default_key",
    "Cart_userId_active_key",
    "Cart_sessionId_active_key",
    "Inventory_low_stock_idx";
