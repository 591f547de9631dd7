// Written by `python -m tools.node_models`, from schema.prisma. Prisma's own client keeps neither lists nor onDelete at
// run time. A relation is [its model, its kind, its name from there]; the kinds are
//   list      many rows
//   reverse   one row that points at this one, or null
//   optional  one row that this one points at, or null
//   required  one row that this one points at
//   owner     the same, and a real delete of it takes this one along (onDelete: Cascade)
export const models = {
  User: {
    softDelete: true, version: false,
    relations: {
      sessions: ['UserSession', 'list', 'user'],
      roles: ['UserRole', 'list', 'user'],
      permissions: ['UserPermission', 'list', 'user'],
      addresses: ['Address', 'list', 'user'],
      savedCards: ['SavedCard', 'list', 'user'],
      carts: ['Cart', 'list', 'user'],
      orders: ['Order', 'list', 'user'],
      payments: ['Payment', 'list', 'user'],
      reviews: ['Review', 'list', 'user'],
      couponUsages: ['CouponUsage', 'list', 'user'],
      securityEvents: ['SecurityEvent', 'list', 'user'],
      auditLogs: ['AuditLog', 'list', 'user'],
    },
  },
  UserSession: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'owner', 'sessions'],
    },
  },
  Role: {
    softDelete: false, version: false,
    relations: {
      permissions: ['RolePermission', 'list', 'role'],
      users: ['UserRole', 'list', 'role'],
    },
  },
  Permission: {
    softDelete: false, version: false,
    relations: {
      roles: ['RolePermission', 'list', 'permission'],
      users: ['UserPermission', 'list', 'permission'],
    },
  },
  RolePermission: {
    softDelete: false, version: false,
    relations: {
      role: ['Role', 'owner', 'permissions'],
      permission: ['Permission', 'owner', 'roles'],
    },
  },
  UserRole: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'owner', 'roles'],
      role: ['Role', 'owner', 'users'],
    },
  },
  UserPermission: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'owner', 'permissions'],
      permission: ['Permission', 'owner', 'users'],
    },
  },
  SecurityEvent: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'optional', 'securityEvents'],
    },
  },
  Product: {
    softDelete: true, version: true,
    relations: {
      variants: ['ProductVariant', 'list', 'product'],
      categories: ['ProductCategory', 'list', 'product'],
      collections: ['ProductCollection', 'list', 'product'],
      media: ['ProductMedia', 'list', 'product'],
      reviews: ['Review', 'list', 'product'],
      orderItems: ['OrderItem', 'list', 'product'],
    },
  },
  ProductVariant: {
    softDelete: true, version: true,
    relations: {
      product: ['Product', 'owner', 'variants'],
      inventory: ['Inventory', 'reverse', 'productVariant'],
      media: ['VariantMedia', 'list', 'variant'],
      cartItems: ['CartItem', 'list', 'productVariant'],
      orderItems: ['OrderItem', 'list', 'productVariant'],
    },
  },
  Category: {
    softDelete: true, version: false,
    relations: {
      parent: ['Category', 'optional', 'children'],
      children: ['Category', 'list', 'parent'],
      products: ['ProductCategory', 'list', 'category'],
    },
  },
  ProductCategory: {
    softDelete: false, version: false,
    relations: {
      product: ['Product', 'owner', 'categories'],
      category: ['Category', 'required', 'products'],
    },
  },
  Collection: {
    softDelete: true, version: false,
    relations: {
      products: ['ProductCollection', 'list', 'collection'],
    },
  },
  ProductCollection: {
    softDelete: false, version: false,
    relations: {
      product: ['Product', 'owner', 'collections'],
      collection: ['Collection', 'owner', 'products'],
    },
  },
  Inventory: {
    softDelete: false, version: true,
    relations: {
      productVariant: ['ProductVariant', 'owner', 'inventory'],
    },
  },
  Media: {
    softDelete: true, version: false,
    relations: {
      products: ['ProductMedia', 'list', 'media'],
      variants: ['VariantMedia', 'list', 'media'],
      reviews: ['ReviewMedia', 'list', 'media'],
    },
  },
  ProductMedia: {
    softDelete: false, version: false,
    relations: {
      product: ['Product', 'owner', 'media'],
      media: ['Media', 'owner', 'products'],
    },
  },
  VariantMedia: {
    softDelete: false, version: false,
    relations: {
      variant: ['ProductVariant', 'owner', 'media'],
      media: ['Media', 'owner', 'variants'],
    },
  },
  Cart: {
    softDelete: false, version: true,
    relations: {
      user: ['User', 'optional', 'carts'],
      items: ['CartItem', 'list', 'cart'],
      order: ['Order', 'reverse', 'cart'],
    },
  },
  CartItem: {
    softDelete: false, version: false,
    relations: {
      cart: ['Cart', 'owner', 'items'],
      productVariant: ['ProductVariant', 'owner', 'cartItems'],
    },
  },
  Address: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'owner', 'addresses'],
      shippingOrders: ['Order', 'list', 'shippingAddress'],
      billingOrders: ['Order', 'list', 'billingAddress'],
    },
  },
  Order: {
    softDelete: false, version: true,
    relations: {
      user: ['User', 'optional', 'orders'],
      cart: ['Cart', 'optional', 'order'],
      shippingAddress: ['Address', 'optional', 'shippingOrders'],
      billingAddress: ['Address', 'optional', 'billingOrders'],
      items: ['OrderItem', 'list', 'order'],
      payments: ['Payment', 'list', 'order'],
      reviews: ['Review', 'list', 'order'],
      couponUsages: ['CouponUsage', 'list', 'order'],
    },
  },
  OrderItem: {
    softDelete: false, version: false,
    relations: {
      order: ['Order', 'owner', 'items'],
      product: ['Product', 'optional', 'orderItems'],
      productVariant: ['ProductVariant', 'optional', 'orderItems'],
    },
  },
  Payment: {
    softDelete: false, version: false,
    relations: {
      order: ['Order', 'required', 'payments'],
      user: ['User', 'optional', 'payments'],
      refunds: ['PaymentRefund', 'list', 'payment'],
    },
  },
  SavedCard: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'owner', 'savedCards'],
    },
  },
  PaymentRefund: {
    softDelete: false, version: false,
    relations: {
      payment: ['Payment', 'required', 'refunds'],
    },
  },
  Review: {
    softDelete: true, version: false,
    relations: {
      product: ['Product', 'owner', 'reviews'],
      user: ['User', 'optional', 'reviews'],
      order: ['Order', 'optional', 'reviews'],
      media: ['ReviewMedia', 'list', 'review'],
    },
  },
  ReviewMedia: {
    softDelete: false, version: false,
    relations: {
      review: ['Review', 'owner', 'media'],
      media: ['Media', 'owner', 'reviews'],
    },
  },
  Coupon: {
    softDelete: true, version: true,
    relations: {
      usages: ['CouponUsage', 'list', 'coupon'],
    },
  },
  CouponUsage: {
    softDelete: false, version: false,
    relations: {
      coupon: ['Coupon', 'required', 'usages'],
      user: ['User', 'optional', 'couponUsages'],
      order: ['Order', 'owner', 'couponUsages'],
    },
  },
  AuditLog: {
    softDelete: false, version: false,
    relations: {
      user: ['User', 'optional', 'auditLogs'],
    },
  },
}
