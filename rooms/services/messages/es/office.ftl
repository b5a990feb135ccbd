sv-desk-title = Solicitudes por resolver
sv-tabs = Qué solicitudes
sv-tab-open = Abiertas
sv-tab-free = Sin asignar
sv-tab-mine = Mías
sv-tab-done = Terminadas
sv-desk-none = No hay nada
sv-desk-none-text = Lo que se solicita llega aquí, primero lo que antes vence.
sv-due = Vence
sv-late = Con retraso
sv-standing = Estado
sv-officer = Responsable
sv-take = Me ocupo yo
sv-language = Idioma
sv-district = Distrito
sv-email = Correo
sv-origin = Origen
sv-newer = Hay una versión más reciente en vigor: { $number }. No cambia esta solicitud.
sv-answers = Respuestas
sv-why-title = ¿Por qué abre esta solicitud?
sv-why-lead = La persona solicitante lee quién la abrió y por qué. Vale durante ocho horas.
sv-why-label = Motivo
sv-why-go = Abrir
sv-decide-title = Resolver
sv-decide-granted = Conceder
sv-decide-refused = Denegar
sv-reasons = Motivos
sv-reasons-hint = Para la persona solicitante, en palabras sencillas: qué regla y qué respuestas decidieron.
sv-decide = Resolver
sv-second = La segunda firma
sv-proposed-by = Propuesta: { $outcome }, por { $by }. Otra persona debe confirmarla.
sv-confirm = Conforme: resolver así
sv-send-back = Devolver
sv-send-back-label = ¿Por qué no está conforme?
sv-appeal-decide = Resolver el recurso
sv-ask = Pedir lo que falta
sv-ask-label = ¿Qué falta?
sv-ask-hint = Nómbrelo todo de una vez. El plazo se para hasta que responda.
sv-letter = Escribir una carta
sv-letter-label = Su carta
sv-letter-hint = Va por correo a la persona solicitante y aparece en su página.
sv-notes = Notas internas
sv-note = Guardar nota
sv-note-label = Una nota para el equipo
sv-flash-taken = Ahora se ocupa usted.
sv-flash-asked = Pedido. El plazo está parado.
sv-flash-decided = Resuelto y registrado.
sv-flash-sent-back = Devuelta.
sv-flash-note = Guardada.
sv-flash-letter = Enviada.
sv-flash-saved = Guardado.
sv-flash-published = En vigor.
sv-keep-title = Redactar servicios
sv-keep-none = Aún no hay servicios.
sv-keep-draft = Borrador, aún no público
sv-keep-changed = con cambios desde entonces
sv-keep-new = Un servicio nuevo
sv-keep-code = Nombre en la dirección
sv-keep-code-hint = Minúsculas, cifras y guiones, como residents-parking.
sv-keep-make = Crear
sv-keep-see = Ver la página pública
sv-keep-publish = Publicar como versión siguiente
sv-keep-form = Formulario
sv-keep-form-edit = Editar las preguntas
sv-keep-questions = Preguntas: { $count }
sv-keep-save = Guardar borrador
sv-text-title = Nombre
sv-text-summary = En una o dos frases
sv-text-who = Para quién es
sv-text-need = Qué hace falta
sv-text-need-hint = Una cosa por línea.
sv-text-cost = Cuánto cuesta, en palabras
sv-text-law = La norma en que se basa
sv-text-complaints = Dónde quejarse
sv-text-counter = Dónde y cuándo en ventanilla
sv-text-counter-hint = Vacío si no hay.
sv-keywords = Lo que se escribe al buscarlo
sv-keywords-hint = Palabras en cualquier idioma, separadas por espacios.
sv-law-url = Dirección de la norma
sv-cost-amount = Coste como un solo importe
sv-cost-amount-hint = 0 si es gratis; vacío si depende.
sv-answer-days = Días laborables hasta la respuesta prometida
sv-answer-days-hint = Se cuentan en el horario del organismo; se paran mientras se pide algo.
sv-appeal-days = Días para recurrir
sv-online = Se puede solicitar en línea
sv-online-detail = Si no, solo la oficina introduce solicitudes.
sv-eyes = Deciden dos personas
sv-eyes-detail = Una propone y otra confirma.
sv-rules-label = Reglas: quién tiene derecho
sv-rules-hint = En el lenguaje del motor de reglas, con pruebas. Vacío si no hay.
sv-letter-filed-subject = { $service }: hemos recibido su solicitud { $code }
sv-letter-asked-subject = { $service }: falta algo en { $code }
sv-letter-decided-subject = { $service }: decisión sobre { $code }
sv-letter-appeal-decided-subject = { $service }: decisión sobre su recurso { $code }
sv-letter-letter-subject = { $service }: sobre { $code }
refusal-appeal-same-officer = Quien decidió no puede resolver el recurso. Pídalo a otra persona.
refusal-application-no-appeal = No hay recurso que resolver.
refusal-application-not-proposed = No hay nada propuesto que confirmar.
refusal-application-proposed = Alguien ha propuesto una decisión. Confírmela o devuélvala.
refusal-application-stale = Otra persona cambió esta solicitud desde que abrió la página. Vuelva a mirarla; lo que escribió sigue aquí.
refusal-four-eyes = Debe confirmarla una persona distinta de quien propuso.
refusal-look-why = Diga por qué la abre.
refusal-reasons-short = Los motivos tienen al menos { $least } caracteres: diga qué regla y qué respuestas decidieron.
refusal-service-code = Use minúsculas, cifras y guiones, de 2 a 40, como residents-parking.
refusal-service-code-taken = Ya hay un servicio con este nombre.
refusal-service-cost = Escriba un importe, como 25 o 25,50.
refusal-service-days = Escriba un número de días de 1 a { $most }.
refusal-service-law-url = La dirección de la norma empieza por https://.
refusal-service-no-channel = Diga dónde se obtiene: en línea, en ventanilla o por teléfono.
refusal-service-no-form = Un servicio que se solicita en línea necesita al menos una pregunta.
refusal-service-organisation = Elija un organismo para el que pueda redactar servicios.
refusal-service-same = Nada ha cambiado desde la última versión.
refusal-service-stale = Otra persona cambió este servicio desde que abrió la página. Vuelva a abrirla.
refusal-service-title = Diga cómo se llama.
refusal-service-unsaid = Antes de publicar, diga para quién es y en qué norma se basa.
refusal-services-many = Un municipio tiene como máximo { $most } servicios.
sv-rule-tests = Pruebas de las reglas
sv-rule-tests-hint = Una lista JSON de casos con name, period, input y output. Se ejecutan antes de publicar.
refusal-rules-trouble = Reglas, línea { $line }: { $problem }
refusal-rules-one-entitlement = Las reglas de un servicio tienen un solo derecho (entitlement).
refusal-rules-untested = Las reglas se publican con al menos una prueba.
refusal-rules-tests-unreadable = Las pruebas no son una lista JSON.
refusal-rules-test-failed = La prueba «{ $name }» falló: { $problem }
sv-work = Solicitudes
sv-letter-filed-body =
    Hemos recibido en { $town } su solicitud de «{ $service }».

    Referencia: { $code }
    Tendrá respuesta antes del { $due }.

    Vea cómo va, responda preguntas, retírela o recurra con este enlace privado. No lo comparta:
    { $link }
sv-letter-asked-body =
    Para resolver { $code } («{ $service }») la oficina necesita algo más:

    { $text }

    Responda con el enlace privado de su resguardo. Hasta entonces el plazo está parado.
sv-letter-decided-body =
    Su solicitud { $code } («{ $service }») está resuelta: { $outcome }.

    { $text }

    Puede recurrir hasta el { $until } con el enlace privado de su resguardo. Entonces decide otra persona.
sv-letter-appeal-decided-body =
    Su recurso en { $code } («{ $service }») está resuelto: { $outcome }.

    { $text }
sv-letter-letter-body =
    Sobre su solicitud { $code } («{ $service }»):

    { $text }
sv-ask-questions = Preguntas que se abren de nuevo
sv-ask-questions-hint = La persona solicitante responde de nuevo a las páginas de estas preguntas, fotos incluidas. Lo respondido queda en el expediente.
sv-again-title = Respondido de nuevo
sv-again-changed = Cambiado el { $date }
sv-again-none = No cambió ninguna respuesta.
sv-again-gone = Antes:
sv-again-new = Ahora:
refusal-asked-unknown = El formulario no pregunta aquí «{ $name }».
sv-scan = Añadir un papel
sv-scan-label = Una foto o un PDF del papel
sv-scan-hint = Como el formulario rellenado a mano. La persona solicitante también lo ve.
sv-flash-scan = El papel está en el expediente.
refusal-scan-none = Elija un archivo.
