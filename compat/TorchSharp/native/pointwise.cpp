#include "abi.h"

using namespace maml;

#define MAML_UNARY(NAME) \
    MAML_API Handle maml_##NAME(Handle self) { return guarded([&] { return at::NAME(*self); }); }

MAML_UNARY(abs)
MAML_UNARY(cos)
MAML_UNARY(exp)
MAML_UNARY(isfinite)
MAML_UNARY(isnan)
MAML_UNARY(log)
MAML_UNARY(neg)
MAML_UNARY(reciprocal)
MAML_UNARY(relu)
MAML_UNARY(rsqrt)
MAML_UNARY(sigmoid)
MAML_UNARY(sign)
MAML_UNARY(sin)
MAML_UNARY(sqrt)
MAML_UNARY(square)
MAML_UNARY(tanh)

MAML_API Handle maml_softplus(Handle self, double beta, double threshold)
{
    return guarded([&] { return at::softplus(*self, beta, threshold); });
}

MAML_UNARY(neg_)
MAML_UNARY(relu_)
MAML_UNARY(rsqrt_)

MAML_API Handle maml_clamp(Handle self, const ScalarValue* low, const ScalarValue* high)
{
    return guarded([&] {
        Maybe<at::Scalar> minimum;
        Maybe<at::Scalar> maximum;
        if (low != nullptr) minimum = scalar(*low);
        if (high != nullptr) maximum = scalar(*high);
        return at::clamp(*self, minimum, maximum);
    });
}

MAML_API Handle maml_where(Handle condition, Handle self, Handle other)
{
    return guarded([&] { return at::where(*condition, *self, *other); });
}

MAML_API Handle maml_log_softmax(Handle self, std::int64_t dim, std::int32_t type)
{
    return guarded([&] { return at::log_softmax(*self, dim, optional_dtype(type)); });
}

MAML_API Handle maml_softmax(Handle self, std::int64_t dim, std::int32_t type)
{
    return guarded([&] { return at::softmax(*self, dim, optional_dtype(type)); });
}
