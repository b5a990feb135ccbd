sv-meet = Cita
sv-meet-title = Su cita
sv-meet-free = Citas libres
sv-meet-free-title = Citas libres: { $service }
sv-meet-public = La cita se reserva dentro de la solicitud, o después con su enlace privado. Allí puede cambiarla o anularla.
sv-meet-where = Dónde
sv-meet-takes = Minutos por cita: { $minutes }
sv-meet-places = plazas: { $count }
sv-meet-closed = En estas dos semanas no se atiende aquí.
sv-meet-full = Todas las plazas de este día están ocupadas.
sv-meet-wait-day = Esperar una plaza este día
sv-meet-days = Otros días
sv-meet-earlier = Días anteriores
sv-meet-later = Días posteriores
sv-meet-yours = Tiene una cita
sv-meet-held = Se guarda 30 minutos. Es suya cuando envíe la solicitud.
sv-meet-go-on = Seguir con sus respuestas
sv-meet-ics = Añadirla a su calendario (.ics)
sv-meet-past = Esta hora ya pasó.
sv-meet-cancel = Anular la cita
sv-meet-waits = Está en la lista de espera
sv-meet-waits-day = Espera una plaza el { $day }, { $where }.
sv-meet-waits-any = Espera la primera plaza en { $where }.
sv-meet-waits-text = Las plazas que quedan libres con al menos 12 horas se dan por orden de petición. Recibirá una carta; si ya tiene una cita, se anula entonces.
sv-meet-leave = Salir de la lista de espera
sv-meet-move = Cambiarla a otra hora
sv-meet-by-day = Día por día
sv-meet-choose = Elija una hora
sv-meet-any-text = También puede esperar la primera plaza que quede libre, cualquier día.
sv-meet-any = Esperar la primera plaza
sv-meet-draft = Si todo está ocupado: envíe primero la solicitud y luego podrá esperar una plaza.
sv-meet-none = No tiene cita. Si hace falta, resérvela aquí.
sv-meet-before = Puede reservar ahora, o después con su enlace privado.
sv-meet-book = Reservar una cita
sv-meet-change = Ver, cambiar o anular
sv-meet-line = { $when } · { $where }
sv-meet-event = Cita: { $service }
sv-meet-event-text = { $where }. Referencia: { $code }
sv-flash-met = Reservada.
sv-flash-unmet = Anulada.
sv-flash-waits = Está en la lista de espera, o ya tiene plaza: vea abajo.
sv-flash-marked = Anotado.
sv-weekday-1 = lunes
sv-weekday-2 = martes
sv-weekday-3 = miércoles
sv-weekday-4 = jueves
sv-weekday-5 = viernes
sv-weekday-6 = sábado
sv-weekday-7 = domingo
sv-weekday-date = { $weekday }, { $date }
sv-step-meet-booked = Cita reservada
sv-step-meet-moved = Cita cambiada
sv-step-meet-given = Cita de la lista de espera
sv-step-meet-cancelled = Cita anulada
sv-step-meet-off = Cita anulada por la oficina
sv-day-title = Citas del día
sv-day-which = Qué citas
sv-day-day = Día
sv-day-none = No viene nadie
sv-day-none-text = No hay citas reservadas este día.
sv-day-time = Hora
sv-day-acts = Qué pasó
sv-day-outside = Fuera del horario actual
sv-day-came = Vino
sv-day-missed = No vino
sv-day-off = Anular
sv-day-off-text = Al anular, la hora vuelve a quedar libre. Para cerrar un día, escríbalo antes en el horario.
sv-day-before = El día anterior
sv-day-after = El día siguiente
sv-met-booked = Se espera
sv-met-came = Vino
sv-met-missed = No vino
sv-plan-title = Citas: dónde y cuándo
sv-plan-lead = Para cada lugar: el horario semanal, cuánto dura una cita y cuántas personas caben a la vez. Los festivos de la oficina se excluyen.
sv-plan-line = { $week } · minutos: { $minutes } · a la vez: { $capacity }
sv-plan-open = Se puede reservar
sv-plan-closed = No se puede reservar
sv-plan-new = Un lugar nuevo
sv-plan-change = Cambiar este lugar
sv-text-place = Dónde
sv-text-place-hint = Nombre y dirección, como Ayuntamiento, Calle Mayor 1, sala 4.
sv-plan-week = Horario semanal
sv-plan-week-hint = Una línea cada uno, como mon-fri 09:00-12:00 o thu 14:00-18:00.
sv-plan-exceptions = Días con otro horario
sv-plan-exceptions-hint = Una línea cada uno, como 2026-12-24 closed o 2026-12-23 09:00-11:00, 14:00-15:00.
sv-plan-minutes = Minutos de una cita
sv-plan-capacity = Personas a la vez
sv-plan-capacity-hint = Tantas como ventanillas.
sv-plan-ahead = Días de antelación
sv-plan-bookable = Se puede reservar
sv-plan-bookable-detail = Desmarque para no admitir nuevas; las reservadas siguen.
sv-plan-save = Guardar
saying-service-appointments-set = Se fijaron las citas del servicio { $subject }: minutos por cita { $minutes }, a la vez { $capacity }
refusal-appointment-week = No se puede leer el horario: { $line }. Escriba días y horas, como mon-fri 09:00-12:00; sin solaparse.
refusal-appointment-exception = No se puede leer este día, o está dos veces: { $line }. Escriba 2026-12-24 closed o 2026-12-23 09:00-11:00.
refusal-appointment-exceptions-many = Como mucho { $most } días pueden tener otro horario.
refusal-appointment-place = Diga dónde, en { $most } caracteres como mucho.
refusal-appointment-number = Escriba un número entero de { $least } a { $most }.
refusal-appointment-full = Otra persona tomó la última plaza de esta hora. Elija otra, o espere una plaza.
refusal-appointment-none = Esta hora no se puede reservar. Elija una de las que se muestran.
refusal-appointment-choose = Elija una hora.
refusal-appointment-over = Esta solicitud está cerrada: ya no se puede reservar.
refusal-appointment-nothing = No hay ninguna cita que anular, o ya pasó.
refusal-appointment-day = Este día no se atiende.
refusal-appointment-free = Hay plazas libres este día: reserve una.
refusal-appointment-waits-many = Aquí pueden esperar { $most } como mucho. Elija otro lugar.
refusal-appointment-marked = Esta cita ya se marcó o se anuló.
refusal-appointment-early = Aún no ha empezado.
refusal-appointment-stale = Otra persona cambió este lugar desde que abrió la página. Ábrala de nuevo.
refusal-appointment-plans-many = Un servicio tiene { $most } lugares como mucho.
sv-meet-booked-subject = { $service }: su cita el { $when }
sv-meet-given-subject = { $service }: una plaza para usted el { $when }
sv-meet-reminder-subject = { $service }: recordatorio, { $when }
sv-meet-cancelled-subject = { $service }: anuló su cita del { $when }
sv-meet-off-subject = { $service }: su cita del { $when } queda anulada
sv-meet-booked-body =
    Tiene una cita para { $code } («{ $service }»):

    { $when }
    { $where }

    Puede cambiarla o anularla con el enlace privado de su justificante.
sv-meet-given-body =
    Quedó libre una plaza y ahora es suya: { $code } («{ $service }»).

    { $when }
    { $where }

    Si no le conviene, anúlela con el enlace privado de su justificante, para que la tenga otra persona.
sv-meet-reminder-body =
    Le esperamos por { $code } («{ $service }»):

    { $when }
    { $where }

    Si no puede venir, anúlela con el enlace privado de su justificante.
sv-meet-cancelled-body =
    Anuló esta cita para { $code } («{ $service }»):

    { $when }
    { $where }

    Puede reservar otra con el enlace privado de su justificante.
sv-meet-off-body =
    La oficina no puede mantener esta cita para { $code } («{ $service }»). Lo sentimos:

    { $when }
    { $where }

    Reserve otra con el enlace privado de su justificante.
