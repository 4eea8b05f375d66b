#include "abi.h"

#include <cstring>

using namespace maml;

namespace {

at::Tensor with_grad(at::Tensor tensor, Options options)
{
    return options.requires_grad != 0 ? tensor.set_requires_grad(true) : tensor;
}

at::TensorOptions like(const at::Tensor& self, Options options)
{
    auto result = self.options();
    if (options.dtype >= 0) result = result.dtype(dtype(options.dtype));
    if (options.device_type >= 0) result = result.device(tensor_options(options).device());
    return result;
}

} // namespace

namespace maml {

at::TensorOptions tensor_options(Options options)
{
    at::TensorOptions result;
    if (options.dtype >= 0) result = result.dtype(dtype(options.dtype));
    if (options.device_type >= 0)
        result = result.device(at::Device(
            static_cast<at::DeviceType>(options.device_type), static_cast<c10::DeviceIndex>(options.device_index)));
    return result;
}

std::vector<at::Tensor> tensors(const Handle* handles, std::int64_t count)
{
    std::vector<at::Tensor> result;
    result.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) result.push_back(or_undefined(handles[i]));
    return result;
}

} // namespace maml

#define MAML_FACTORY(NAME)                                                                             \
    MAML_API Handle maml_##NAME(const std::int64_t* size, std::int64_t count, Options options)         \
    {                                                                                                  \
        return guarded([&] { return with_grad(at::NAME(dims(size, count), tensor_options(options)), options); }); \
    }                                                                                                  \
    MAML_API Handle maml_##NAME##_like(Handle self, Options options)                                   \
    {                                                                                                  \
        return guarded([&] { return with_grad(at::NAME##_like(*self, like(*self, options)), options); }); \
    }

MAML_FACTORY(empty)
MAML_FACTORY(zeros)
MAML_FACTORY(ones)
MAML_FACTORY(rand)
MAML_FACTORY(randn)

MAML_API Handle maml_full(const std::int64_t* size, std::int64_t count, ScalarValue value, Options options)
{
    return guarded([&] { return with_grad(at::full(dims(size, count), scalar(value), tensor_options(options)), options); });
}

MAML_API Handle maml_full_like(Handle self, ScalarValue value, Options options)
{
    return guarded([&] { return with_grad(at::full_like(*self, scalar(value), like(*self, options)), options); });
}

MAML_API Handle maml_arange(ScalarValue start, ScalarValue stop, ScalarValue step, Options options)
{
    return guarded([&] {
        return with_grad(at::arange(scalar(start), scalar(stop), scalar(step), tensor_options(options)), options);
    });
}

MAML_API Handle maml_eye(std::int64_t rows, std::int64_t columns, Options options)
{
    return guarded([&] { return with_grad(at::eye(rows, columns, tensor_options(options)), options); });
}

// A tensor of its own with a copy of the caller's elements, which are of type `source`.
MAML_API Handle maml_from_memory(
    const void* data, std::int64_t bytes, const std::int64_t* size, std::int64_t count, std::int32_t source, Options options)
{
    return guarded([&] {
        auto tensor = at::empty(dims(size, count), at::TensorOptions().dtype(dtype(source)));
        TORCH_CHECK(static_cast<std::int64_t>(tensor.nbytes()) == bytes,
            "a tensor of shape ", dims(size, count), " takes ", tensor.nbytes(), " bytes, the data has ", bytes);
        if (bytes > 0) std::memcpy(tensor.data_ptr(), data, static_cast<std::size_t>(bytes));
        return with_grad(tensor.to(like(tensor, options)), options);
    });
}

// A tensor over the caller's own memory; `release(context)` is called when the last tensor on it is gone.
MAML_API Handle maml_from_blob(
    void* data, std::int64_t count, std::int32_t type, void (*release)(void*), void* context)
{
    return guarded([&] {
        return at::from_blob(
            data, { count }, [release, context](void*) { release(context); }, at::TensorOptions().dtype(dtype(type)));
    });
}
