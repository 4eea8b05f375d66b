#include "abi.h"

using namespace maml;

MAML_API Handle maml_sum(Handle self, std::int32_t type)
{
    return guarded([&] { return at::sum(*self, optional_dtype(type)); });
}

MAML_API Handle maml_sum_dims(
    Handle self, const std::int64_t* dim, std::int64_t count, std::int32_t keepdim, std::int32_t type)
{
    return guarded([&] { return at::sum(*self, dims(dim, count), keepdim != 0, optional_dtype(type)); });
}

MAML_API Handle maml_mean(Handle self) { return guarded([&] { return at::mean(*self); }); }

MAML_API Handle maml_mean_dims(
    Handle self, const std::int64_t* dim, std::int64_t count, std::int32_t keepdim, std::int32_t type)
{
    return guarded([&] { return at::mean(*self, dims(dim, count), keepdim != 0, optional_dtype(type)); });
}

MAML_API Handle maml_var(Handle self, std::int32_t unbiased)
{
    return guarded([&] { return at::var(*self, unbiased != 0); });
}

MAML_API Handle maml_var_dims(
    Handle self, const std::int64_t* dim, std::int64_t count, std::int32_t unbiased, std::int32_t keepdim)
{
    return guarded([&] { return at::var(*self, dims(dim, count), unbiased != 0, keepdim != 0); });
}

MAML_API Handle maml_max(Handle self) { return guarded([&] { return at::max(*self); }); }
MAML_API Handle maml_min(Handle self) { return guarded([&] { return at::min(*self); }); }
MAML_API Handle maml_all(Handle self) { return guarded([&] { return at::all(*self); }); }
MAML_API Handle maml_any(Handle self) { return guarded([&] { return at::any(*self); }); }

MAML_API Status maml_max_dim(Handle self, std::int64_t dim, std::int32_t keepdim, Handle* values, Handle* indices)
{
    return guarded_status([&] {
        auto result = at::max(*self, dim, keepdim != 0);
        *values = new at::Tensor(std::get<0>(result));
        *indices = new at::Tensor(std::get<1>(result));
    });
}

MAML_API Handle maml_amax(Handle self, const std::int64_t* dim, std::int64_t count, std::int32_t keepdim)
{
    return guarded([&] { return at::amax(*self, dims(dim, count), keepdim != 0); });
}

MAML_API Handle maml_argmax(Handle self) { return guarded([&] { return at::argmax(*self); }); }

MAML_API Handle maml_argmax_dim(Handle self, std::int64_t dim, std::int32_t keepdim)
{
    return guarded([&] { return at::argmax(*self, dim, keepdim != 0); });
}

MAML_API Handle maml_all_dim(Handle self, std::int64_t dim, std::int32_t keepdim)
{
    return guarded([&] { return at::all(*self, dim, keepdim != 0); });
}

MAML_API Handle maml_logsumexp(Handle self, std::int64_t dim, std::int32_t keepdim)
{
    return guarded([&] { return at::logsumexp(*self, at::IntArrayRef(dim), keepdim != 0); });
}

// No dimensions means all of them.
MAML_API Handle maml_vector_norm(
    Handle self, double order, const std::int64_t* dim, std::int64_t count, std::int32_t keepdim)
{
    return guarded([&] {
        if (count == 0) return at::linalg_vector_norm(*self, order, nothing, keepdim != 0);
        return at::linalg_vector_norm(*self, order, dims(dim, count), keepdim != 0);
    });
}
