#include "abi.h"

using namespace maml;

MAML_API Handle maml_matmul(Handle self, Handle other) { return guarded([&] { return at::matmul(*self, *other); }); }
MAML_API Handle maml_mm(Handle self, Handle other) { return guarded([&] { return at::mm(*self, *other); }); }
MAML_API Handle maml_bmm(Handle self, Handle other) { return guarded([&] { return at::bmm(*self, *other); }); }

MAML_API Handle maml_addmm(Handle self, Handle first, Handle second, double beta, double alpha)
{
    return guarded([&] { return at::addmm(*self, *first, *second, beta, alpha); });
}

MAML_API Handle maml_addmm_(Handle self, Handle first, Handle second, double beta, double alpha)
{
    return guarded([&] { return self->addmm_(*first, *second, beta, alpha); });
}

MAML_API Handle maml_einsum(const char* equation, const Handle* operands, std::int64_t count)
{
    return guarded([&] { return at::einsum(equation, tensors(operands, count)); });
}

MAML_API Handle maml_linear(Handle input, Handle weight, Handle bias)
{
    return guarded([&] { return at::linear(*input, *weight, optional(bias)); });
}
