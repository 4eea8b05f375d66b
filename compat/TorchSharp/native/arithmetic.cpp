#include "abi.h"

using namespace maml;

namespace {

// The names of TorchSharp's RoundingMode, by its values; nothing for an exact quotient.
at::Tensor divide(const at::Tensor& self, const at::Tensor& other, std::int32_t rounding)
{
    switch (rounding) {
    case 1: return at::div(self, other, "trunc");
    case 2: return at::div(self, other, "floor");
    default: return at::div(self, other);
    }
}

at::Tensor& divide_in_place(at::Tensor& self, const at::Tensor& other, std::int32_t rounding)
{
    switch (rounding) {
    case 1: return self.div_(other, "trunc");
    case 2: return self.div_(other, "floor");
    default: return self.div_(other);
    }
}

} // namespace

MAML_API Handle maml_add(Handle self, Handle other, ScalarValue alpha)
{
    return guarded([&] { return at::add(*self, *other, scalar(alpha)); });
}

MAML_API Handle maml_add_scalar(Handle self, ScalarValue other, ScalarValue alpha)
{
    return guarded([&] { return at::add(*self, scalar(other), scalar(alpha)); });
}

MAML_API Handle maml_add_(Handle self, Handle other, ScalarValue alpha)
{
    return guarded([&] { return self->add_(*other, scalar(alpha)); });
}

MAML_API Handle maml_add_scalar_(Handle self, ScalarValue other, ScalarValue alpha)
{
    return guarded([&] { return self->add_(scalar(other), scalar(alpha)); });
}

MAML_API Handle maml_div(Handle self, Handle other, std::int32_t rounding)
{
    return guarded([&] { return divide(*self, *other, rounding); });
}

MAML_API Handle maml_div_scalar(Handle self, ScalarValue other, std::int32_t rounding)
{
    // A tensor made from a scalar is "wrapped": it takes part in type promotion as the scalar itself would.
    return guarded([&] { return divide(*self, at::native::wrapped_scalar_tensor(scalar(other)), rounding); });
}

MAML_API Handle maml_div_(Handle self, Handle other, std::int32_t rounding)
{
    return guarded([&] { return divide_in_place(*self, *other, rounding); });
}

MAML_API Handle maml_div__scalar(Handle self, ScalarValue other, std::int32_t rounding)
{
    return guarded([&] { return divide_in_place(*self, at::native::wrapped_scalar_tensor(scalar(other)), rounding); });
}

#define MAML_BINARY(NAME)                                                                                        \
    MAML_API Handle maml_##NAME(Handle self, Handle other) { return guarded([&] { return at::NAME(*self, *other); }); }

#define MAML_BINARY_OR_SCALAR(NAME)                                                                              \
    MAML_BINARY(NAME)                                                                                            \
    MAML_API Handle maml_##NAME##_scalar(Handle self, ScalarValue other)                                         \
    {                                                                                                            \
        return guarded([&] { return at::NAME(*self, scalar(other)); });                                          \
    }

#define MAML_IN_PLACE(NAME)                                                                                      \
    MAML_API Handle maml_##NAME(Handle self, Handle other) { return guarded([&] { return self->NAME(*other); }); } \
    MAML_API Handle maml_##NAME##_scalar(Handle self, ScalarValue other)                                         \
    {                                                                                                            \
        return guarded([&] { return self->NAME(scalar(other)); });                                               \
    }

MAML_BINARY_OR_SCALAR(sub)
MAML_BINARY_OR_SCALAR(mul)
MAML_BINARY_OR_SCALAR(pow)
MAML_BINARY_OR_SCALAR(eq)
MAML_BINARY_OR_SCALAR(ne)
MAML_BINARY_OR_SCALAR(gt)
MAML_BINARY_OR_SCALAR(ge)
MAML_BINARY_OR_SCALAR(lt)
MAML_BINARY_OR_SCALAR(le)
MAML_BINARY(maximum)
MAML_BINARY(minimum)
MAML_BINARY(logical_and)
MAML_IN_PLACE(sub_)
MAML_IN_PLACE(mul_)

MAML_API Handle maml_rsub_scalar(Handle self, ScalarValue other)
{
    return guarded([&] { return at::rsub(*self, scalar(other)); });
}

MAML_API Handle maml_addcmul(Handle self, Handle first, Handle second, ScalarValue value)
{
    return guarded([&] { return at::addcmul(*self, *first, *second, scalar(value)); });
}

MAML_API Handle maml_addcmul_(Handle self, Handle first, Handle second, ScalarValue value)
{
    return guarded([&] { return self->addcmul_(*first, *second, scalar(value)); });
}
