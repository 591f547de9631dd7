-- "At most one" among some rows of a table, and an index over the few rows that are low on stock.
-- Prisma cannot say a partial index and leaves these alone.

CREATE UNIQUE INDEX "ProductVariant_productId_primary_key" ON "ProductVariant" ("productId") WHERE "isPrimary" AND "deletedAt" IS NULL;
CREATE UNIQUE INDEX "ProductCategory_productId_primary_key" ON "ProductCategory" ("productId") WHERE "isPrimary";
CREATE UNIQUE INDEX "ProductMedia_productId_primary_key" ON "ProductMedia" ("productId") WHERE "isPrimary";
CREATE UNIQUE INDEX "VariantMedia_variantId_primary_key" ON "VariantMedia" ("variantId") WHERE "isPrimary";
CREATE UNIQUE INDEX "Address_userId_default_key" ON "Address" ("userId") WHERE "isDefault";
CREATE UNIQUE INDEX "SavedCard_userId_default_key" ON "SavedCard" ("userId") WHERE "isDefault";
CREATE UNIQUE INDEX "Cart_userId_active_key" ON "Cart" ("userId") WHERE "status" = 'ACTIVE';
CREATE UNIQUE INDEX "Cart_sessionId_active_key" ON "Cart" ("sessionId") WHERE "status" = 'ACTIVE';

CREATE INDEX "Inventory_low_stock_idx" ON "Inventory" ("quantityAvailable") WHERE "quantityAvailable" <= "lowStockThreshold";
